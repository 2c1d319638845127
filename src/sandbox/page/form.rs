//! The multipart form with which the page sends files.

use axum::extract::Multipart;
use axum::extract::multipart::Field;

use super::refusal::Refusal;
use crate::sandbox::chat::{Refused, Upload};

#[derive(Default)]
pub(super) struct Form {
    pub chat: i64,
    pub person: i64,
    pub caption: String,
    pub reply_to: Option<i64>,
    /// Several make an album.
    pub files: Vec<Upload>,
}

impl Form {
    pub async fn read(mut parts: Multipart) -> Result<Form, Refusal> {
        let mut form = Form::default();
        while let Some(part) = parts.next_field().await.map_err(|_| Refusal::unreadable())? {
            match part.name() {
                Some("file") => form.files.push(upload(part).await?),
                Some("chat") => form.chat = number(part).await?,
                Some("person") => form.person = number(part).await?,
                Some("reply_to") => form.reply_to = Some(number(part).await?),
                Some("caption") => form.caption = text(part).await?,
                _ => {}
            }
        }
        Ok(form)
    }
}

async fn text(part: Field<'_>) -> Result<String, Refusal> {
    part.text().await.map_err(|_| Refusal::unreadable())
}

async fn number(part: Field<'_>) -> Result<i64, Refusal> {
    text(part).await?.parse().map_err(|_| Refusal::unreadable())
}

async fn upload(part: Field<'_>) -> Result<Upload, Refusal> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let mime_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let bytes = part.bytes().await.map_err(|_| Refused::FileTooLarge)?.to_vec();
    Ok(Upload { name, mime_type, bytes })
}
