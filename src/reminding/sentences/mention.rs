//! The line that calls a unit's contacts by name.

use crate::chat::text;
use crate::chat::words::Block;
use crate::office::mention::Mentioned;

/// Telegram notifies no more of those whom one message names.
const MOST_NAMED: usize = 5;
/// How much of a name is shown, in characters.
const LONGEST_NAME: usize = 20;

/// `请 @张三、@李四 关注。`; `None` where there is nobody to call.
pub fn line(mentioned: &[Mentioned]) -> Option<Block> {
    let link = |one: &Mentioned| {
        format!(
            "<a href=\"tg://user?id={}\">@{}</a>",
            one.telegram_id,
            text::escape(&text::cut(&one.name, LONGEST_NAME))
        )
    };
    let named: Vec<String> = mentioned.iter().take(MOST_NAMED).map(link).collect();
    let all = if mentioned.len() > MOST_NAMED { format!("等{}名联络员", mentioned.len()) } else { String::new() };
    (!named.is_empty()).then(|| Block::text(format!("请 {} {all}关注。", named.join("、"))))
}
