//! The parameters of a request, however they were sent: query, form, JSON or multipart.

use std::collections::HashMap;

use axum::RequestExt;
use axum::extract::multipart::Field;
use axum::extract::{Form, Multipart, Query, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::fault::Fault;
use crate::sandbox::chat::Upload;
use crate::sandbox::files::CAPACITY;

#[derive(Default)]
pub(in crate::sandbox) struct Parameters {
    values: Map<String, Value>,
    uploads: HashMap<String, Upload>,
}

impl Parameters {
    /// Reads the query and then the body, whose values win.
    pub async fn read(mut request: Request) -> Result<Parameters, Fault> {
        let mut parameters = Parameters::default();
        if let Ok(Query(pairs)) = request.extract_parts::<Query<HashMap<String, String>>>().await {
            parameters.add(pairs);
        }
        let content_type = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if content_type.starts_with("application/json") {
            parameters.add_json(request).await?;
        } else if content_type.starts_with("multipart/form-data") {
            parameters.add_multipart(request).await?;
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            let form: Result<Form<HashMap<String, String>>, _> = request.extract().await;
            let Form(pairs) = form.map_err(|_| Fault::bad_request("can't parse the form"))?;
            parameters.add(pairs);
        }
        Ok(parameters)
    }

    fn add(&mut self, pairs: HashMap<String, String>) {
        let values = pairs.into_iter().map(|(name, value)| (name, value.into()));
        self.values.extend(values);
    }

    async fn add_json(&mut self, request: Request) -> Result<(), Fault> {
        let body: Result<String, _> = request.extract().await;
        let body = body.map_err(|_| Fault::too_large())?;
        if body.is_empty() {
            return Ok(());
        }
        let values: Map<String, Value> =
            serde_json::from_str(&body).map_err(|_| Fault::bad_request("can't parse JSON object"))?;
        self.values.extend(values);
        Ok(())
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), Fault> {
        let unreadable = || Fault::bad_request("can't parse the multipart body");
        let parts: Result<Multipart, _> = request.extract().await;
        let mut parts = parts.map_err(|_| unreadable())?;
        while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_some() {
                let upload = read_upload(part).await?;
                self.uploads.insert(name, upload);
            } else {
                let text = part.text().await.map_err(|_| unreadable())?;
                self.values.insert(name, text.into());
            }
        }
        Ok(())
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// The text of a parameter; a number counts as its digits.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }

    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    pub fn flag(&self, name: &str) -> bool {
        match self.value(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true") || text == "1",
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// An object or a list, which forms carry as JSON text.
    pub fn structure(&self, name: &str) -> Result<Option<Value>, Fault> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| Fault::bad_request(&format!("can't parse {name} JSON object"))),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// Takes the file of a parameter, sent in a part of its name or in one named by `attach://`.
    pub fn take_upload(&mut self, name: &str) -> Option<Upload> {
        let part = match self.value(name) {
            Some(Value::String(reference)) => reference.strip_prefix("attach://")?.to_owned(),
            _ => name.to_owned(),
        };
        self.uploads.remove(&part)
    }
}

async fn read_upload(part: Field<'_>) -> Result<Upload, Fault> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let mime_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let bytes = part.bytes().await.map_err(|_| Fault::too_large())?;
    if bytes.len() > CAPACITY {
        return Err(Fault::too_large());
    }
    Ok(Upload { name, mime_type, bytes: bytes.to_vec() })
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use serde_json::json;

    use super::*;

    async fn read(content_type: &str, path: &str, body: &str) -> Result<Parameters, Fault> {
        let request = Request::builder()
            .method("POST")
            .uri(path)
            .header(CONTENT_TYPE, content_type)
            .body(Body::from(body.to_owned()))
            .unwrap();
        Parameters::read(request).await
    }

    #[tokio::test]
    async fn json_form_and_query_say_the_same() {
        let sent = [
            read("application/json", "/", r#"{"chat_id":-5,"silent":true,"text":"甲","list":[1],"nothing":null}"#),
            read("application/x-www-form-urlencoded", "/", "chat_id=-5&silent=true&text=%E7%94%B2&list=%5B1%5D"),
            read("", "/?chat_id=-5&silent=1&text=%E7%94%B2&list=%5B1%5D", ""),
        ];
        for parameters in sent {
            let parameters = parameters.await.unwrap();
            assert_eq!(parameters.integer("chat_id"), Some(-5));
            assert!(parameters.flag("silent"));
            assert_eq!(parameters.text("text").as_deref(), Some("甲"));
            assert_eq!(parameters.structure("list").unwrap(), Some(json!([1])));
            assert_eq!(parameters.text("nothing"), None);
        }
    }

    #[tokio::test]
    async fn multipart_carries_texts_and_files() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\nattach://f\r\n\
            --x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\nbytes\r\n--x--\r\n";
        let mut parameters = read("multipart/form-data; boundary=x", "/", body).await.unwrap();
        let upload = parameters.take_upload("document").unwrap();
        assert_eq!((upload.name.as_str(), upload.bytes.as_slice()), ("a.txt", &b"bytes"[..]));
        assert!(parameters.take_upload("document").is_none());
    }

    #[tokio::test]
    async fn broken_bodies_are_refused() {
        assert!(read("application/json", "/", "{").await.is_err());
        assert!(read("application/json", "/", "[]").await.is_err());
        assert!(read("multipart/form-data", "/", "").await.is_err());
        let parameters = read("application/json", "/", r#"{"list":"["}"#).await.unwrap();
        assert_eq!(parameters.structure("list").unwrap_err().description, "Bad Request: can't parse list JSON object");
    }
}
