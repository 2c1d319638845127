//! Sentences about who is asked first.

use crate::areas::{Area, Field};
use crate::chat::text;
use crate::chat::words::Words;
use crate::coordinators::Coordinator;

const LONGEST_NAME: usize = 40;

pub fn listed(areas: &[Area]) -> Words {
    if areas.is_empty() {
        return Words::plain("尚未分工，所有事项由全体督办员办理。例如：/area 周敏 省公安厅、省财政厅");
    }
    let lines = areas.chunk_by(|one, next| one.person == next.person).map(|own| {
        let fields = own.iter().map(|area| text::escape(area.field.name())).collect::<Vec<_>>().join("、");
        format!("· {}：{fields}", own.first().map(|area| text::escape(&area.name)).unwrap_or_default())
    });
    Words::plain(format!(
        "<b>督办员分工</b>（有关事项先请其办理，其他督办员也可办理）：\n{}",
        lines.collect::<Vec<_>>().join("\n")
    ))
}

pub fn given(name: &str, fields: &[Field]) -> Words {
    let fields = fields.iter().map(|field| text::escape(field.name())).collect::<Vec<_>>().join("、");
    Words::plain(format!("已分工：{}的有关事项先请{}办理，其他督办员也可办理。", fields, text::escape(name)))
}

pub fn ended(name: &str) -> Words {
    Words::plain(format!("已取消{}的分工。", text::escape(name)))
}

pub fn unknown(named: &[String]) -> Words {
    let named = named.iter().map(|one| text::escape(&text::cut(one, LONGEST_NAME))).collect::<Vec<_>>();
    Words::plain(format!("名册和方案中没有，或不能确定：{}。未作更改，请写明单位名称或方案名称。", named.join("、")))
}

pub fn nobody(name: &str, coordinators: &[Coordinator]) -> Words {
    let known = coordinators.iter().map(|one| text::escape(&one.name)).collect::<Vec<_>>().join("、");
    Words::plain(format!(
        "没有名为“{}”的督办员，或不止一人，未作更改。现有：{known}。",
        text::escape(&text::cut(name, LONGEST_NAME))
    ))
}

/// With those who are asked first called by name.
pub fn calling(words: Words, first: &[&Area]) -> Words {
    if first.is_empty() {
        return words;
    }
    let link =
        |area: &&Area| format!("<a href=\"tg://user?id={}\">@{}</a>", area.telegram_id, text::escape(&area.name));
    let named = first.iter().map(link).collect::<Vec<_>>().join("、");
    Words { html: format!("{}\n请 {named} 先行办理。", words.html), ..words }
}
