//! What the Bot API answers when it refuses.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What a method answers.
pub(in crate::sandbox) type Outcome = Result<Value, Fault>;

#[derive(Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct Fault {
    pub status: StatusCode,
    pub description: String,
    pub retry_after: Option<i64>,
}

impl Fault {
    fn new(status: StatusCode, description: impl Into<String>) -> Fault {
        Fault { status, description: description.into(), retry_after: None }
    }

    /// 400, with the words that follow "Bad Request: ".
    pub fn bad_request(what: &str) -> Fault {
        Fault::new(StatusCode::BAD_REQUEST, format!("Bad Request: {what}"))
    }

    /// 403, with the words that follow "Forbidden: ".
    pub fn forbidden(what: &str) -> Fault {
        Fault::new(StatusCode::FORBIDDEN, format!("Forbidden: {what}"))
    }

    pub fn unauthorized() -> Fault {
        Fault::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    pub fn unknown_method() -> Fault {
        Fault::new(StatusCode::NOT_FOUND, "Not Found: method not found")
    }

    pub fn unknown_file() -> Fault {
        Fault::new(StatusCode::NOT_FOUND, "Not Found")
    }

    pub fn another_poll() -> Fault {
        Fault::new(
            StatusCode::CONFLICT,
            "Conflict: terminated by other getUpdates request; \
             make sure that only one bot instance is running",
        )
    }

    pub fn too_large() -> Fault {
        Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
    }

    /// What stands between has heard nothing from Telegram.
    pub fn no_answer() -> Fault {
        Fault::new(StatusCode::BAD_GATEWAY, "Bad Gateway")
    }

    pub fn too_many(retry_after: i64) -> Fault {
        Fault {
            retry_after: Some(retry_after),
            ..Fault::new(StatusCode::TOO_MANY_REQUESTS, format!("Too Many Requests: retry after {retry_after}"))
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut body = json!({
            "ok": false,
            "error_code": self.status.as_u16(),
            "description": self.description,
        });
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({"retry_after": seconds});
        }
        (self.status, Json(body)).into_response()
    }
}
