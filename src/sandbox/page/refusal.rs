//! What the page hears when something was not done.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::sandbox::chat::Refused;

/// A status and the reason in the visitor's language.
pub(super) struct Refusal {
    status: StatusCode,
    reason: String,
}

impl Refusal {
    pub fn new(status: StatusCode, reason: &str) -> Refusal {
        Refusal { status, reason: reason.to_owned() }
    }

    pub fn unreadable() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, "上传的内容无法读取")
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Refusal {
        let status = match refused {
            Refused::UnknownChat | Refused::UnknownPerson | Refused::UnknownMessage => StatusCode::NOT_FOUND,
            Refused::NotAMember | Refused::NotEditable => StatusCode::FORBIDDEN,
            Refused::NoSuchButton => StatusCode::CONFLICT,
            Refused::EmptyText | Refused::TooLong | Refused::NoAlbum => StatusCode::BAD_REQUEST,
            Refused::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        };
        Refusal::new(status, &refused.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.reason}))).into_response()
    }
}
