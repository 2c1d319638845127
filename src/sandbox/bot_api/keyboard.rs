//! The reply_markup parameter: inline buttons and the request for a reply.

use serde_json::Value;

use super::fault::Fault;
use super::parameters::Parameters;
use crate::sandbox::chat::Button;

/// The most bytes that a button may carry.
const LONGEST_DATA: usize = 64;

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Markup {
    pub buttons: Vec<Vec<Button>>,
    pub force_reply: bool,
}

pub(super) fn read(parameters: &Parameters) -> Result<Markup, Fault> {
    let Some(markup) = parameters.structure("reply_markup")? else {
        return Ok(Markup::default());
    };
    if !markup.is_object() {
        return Err(Fault::bad_request("object expected as reply markup"));
    }
    Ok(Markup {
        buttons: rows(&markup["inline_keyboard"])?,
        force_reply: markup["force_reply"].as_bool().unwrap_or(false),
    })
}

fn rows(keyboard: &Value) -> Result<Vec<Vec<Button>>, Fault> {
    let malformed = |what: &str| Fault::bad_request(&format!("field \"inline_keyboard\" {what}"));
    if keyboard.is_null() {
        return Ok(Vec::new());
    }
    let rows = keyboard.as_array().ok_or_else(|| malformed("must be of type Array"))?;
    let rows: Result<Vec<Vec<Button>>, Fault> = rows
        .iter()
        .map(|row| {
            let row = row.as_array().ok_or_else(|| malformed("must be an Array of Arrays"))?;
            row.iter().map(button).collect()
        })
        .collect();
    Ok(rows?.into_iter().filter(|row| !row.is_empty()).collect())
}

fn button(button: &Value) -> Result<Button, Fault> {
    let field = |name: &str| button[name].as_str().map(str::to_owned);
    let malformed = |what: &str| Fault::bad_request(&format!("can't parse inline keyboard button: {what}"));
    let text = field("text").ok_or_else(|| malformed("Can't find field \"text\""))?;
    if text.is_empty() {
        return Err(malformed("Text buttons must be non-empty"));
    }
    let (data, url) = (field("callback_data"), field("url"));
    match &data {
        Some(data) if !(1..=LONGEST_DATA).contains(&data.len()) => Err(Fault::bad_request("BUTTON_DATA_INVALID")),
        None if url.is_none() => Err(malformed("Text buttons are unallowed in the inline keyboard")),
        _ => Ok(Button { text, data, url }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with_data(data: &str) -> Result<Vec<Vec<Button>>, Fault> {
        rows(&json!([[{"text": "撤回", "callback_data": data}], []]))
    }

    #[test]
    fn data_is_counted_in_bytes() {
        let rows = with_data(&"办".repeat(21)).unwrap();
        assert_eq!(rows.len(), 1, "empty rows vanish");
        assert_eq!(rows[0][0].data.as_deref(), Some("办".repeat(21).as_str()));
        for data in [String::new(), "办".repeat(22)] {
            let fault = with_data(&data).unwrap_err();
            assert_eq!(fault.description, "Bad Request: BUTTON_DATA_INVALID");
        }
    }

    #[test]
    fn a_button_must_do_something() {
        assert!(rows(&json!([[{"text": "撤回"}]])).is_err());
        assert!(rows(&json!([[{"callback_data": "x"}]])).is_err());
        assert!(rows(&json!([{"text": "撤回", "callback_data": "x"}])).is_err());
        assert!(rows(&json!({})).is_err());
        assert!(rows(&json!([[{"text": "文件", "url": "https://a.cn"}]])).is_ok());
    }
}
