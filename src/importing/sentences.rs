//! What coordinators read while a document becomes a plan, and of the units that have to be invited.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::chat::text;
use crate::chat::words::{Block, Button, Words, messages};
use crate::importing::{Invited, Presence};
use crate::intent::button;
use crate::intent::button::assign;
use crate::office::plan::Draft;
use crate::questions::sentences::names;

/// How many doubts and how many changes a message names before it counts the rest.
const MOST_NAMED: usize = 6;
const LONGEST_LINE: usize = 80;

pub const BEING_IMPORTED: &str = "正在导入。";
pub const DROPPED: &str = "已放弃，没有导入。";

pub fn received(name: &str) -> Words {
    Words::plain(format!("收到《{}》，正在读取，稍候给出预览。", text::escape(&text::cut(name, LONGEST_LINE))))
}

pub fn unreadable(name: &str, why: &str) -> Words {
    Words::plain(format!(
        "没有读懂《{}》：{}",
        text::escape(&text::cut(name, LONGEST_LINE)),
        text::escape(&in_chat(why))
    ))
}

/// What names a command of the program, as whoever reads it in chat can do it: by a command there, else by those who run it.
fn in_chat(words: &str) -> String {
    static SHELL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("请(先?)用 duban ([a-z]+ [a-z]+) ?([^。；，]*)").expect("a constant"));
    let remedy = |found: &Captures<'_>| {
        let (first, rest) = (&found[1], &found[3]);
        match &found[2] {
            "plan list" => format!("请{first}发送 /plans 查看"),
            "unit list" => format!("请{first}发送 /units 查看"),
            "plan close" => {
                let (plan, then) = rest.split_once(' ').unwrap_or((rest, ""));
                format!("请{first}发送“/plans {plan} 结束”，{then}")
            }
            "unit members" => format!("请{first}联系运行人员在名册上指明成员"),
            _ => format!("请{first}联系运行人员办理"),
        }
    };
    SHELL.replace_all(words, remedy).into_owned()
}

/// What was understood of a document, with buttons. `changes`: against the plan that is there, where there is one.
/// `kept`: what coordinators have changed and the document does not undo. `known`: this very file was imported before.
pub fn preview(
    id: i64,
    name: &str,
    draft: &Draft,
    (changes, kept): (Option<&[String]>, &[String]),
    known: bool,
) -> Words {
    let title = draft.title.as_deref().unwrap_or(name);
    let number =
        draft.document_number.as_deref().map(|number| format!("（{}）", text::escape(number))).unwrap_or_default();
    let units: BTreeSet<&String> = draft
        .tasks
        .iter()
        .flat_map(|task| task.leads.iter().chain(&task.responsible).chain(&task.supporting))
        .collect();
    let dates =
        draft.tasks.iter().flat_map(|task| &task.milestones).filter(|milestone| milestone.due.is_some()).count();
    let mut lines = vec![
        format!("<b>{}</b>{number}", text::escape(&text::cut(title, LONGEST_LINE))),
        format!(
            "读出任务 {} 项{}；单位 {} 个，有日期的时限 {dates} 个，疑点 {} 处。",
            draft.tasks.len(),
            match draft.sections.len() {
                0 => String::new(),
                count => format!("，分 {count} 个部分"),
            },
            units.len(),
            draft.problems.len()
        ),
    ];
    let doubts = draft.problems.iter().map(|doubt| format!("第{}行：{}（{}）", doubt.line, doubt.message, doubt.hint));
    lines.extend(first_of(doubts, draft.problems.len(), "处"));
    match changes {
        _ if known => lines.push("这份文件已经导入过，没有变化。".to_owned()),
        Some([]) => lines.push("与已导入的方案相比没有变化。".to_owned()),
        Some(changes) => {
            lines.push(format!("与已导入的方案相比，变化 {} 处：", changes.len()));
            lines.extend(first_of(changes.iter().cloned(), changes.len(), "处"));
        }
        None => {}
    }
    if known {
        return Words::plain(lines.join("\n"));
    }
    if let Some(number) = draft.repeated_number() {
        lines.push(format!(
            "编号“{}”在方案中不止一次，回复时无法分清。请在文件中改正后重新发送。",
            text::escape(number)
        ));
        return Words::plain(lines.join("\n"));
    }
    if !kept.is_empty() {
        lines.push(format!(
            "督办员此前的修改 {} 处，导入后继续有效；如以新文件为准，请点按“按新文件导入”：",
            kept.len()
        ));
        lines.extend(first_of(kept.iter().cloned(), kept.len(), "处"));
    }
    lines.push("明细见随后的表格。尚未导入，核对后请点按：".to_owned());
    let button = |text: &str, data| Button { text: text.to_owned(), data };
    let mut row = vec![button("确认导入", button::import(id))];
    row.extend((!kept.is_empty()).then(|| button("按新文件导入", assign::import_as_printed(id))));
    row.push(button("放弃", button::drop(id)));
    Words::plain(lines.join("\n")).with_row(row)
}

/// The first lines, and how many more there are.
fn first_of(lines: impl Iterator<Item = String>, count: usize, measure: &str) -> Vec<String> {
    let mut named: Vec<_> = lines
        .take(MOST_NAMED)
        .map(|line| format!("· {}", text::escape(&text::cut(&in_chat(&line), LONGEST_LINE))))
        .collect();
    if count > MOST_NAMED {
        named.push(format!("……另有 {} {measure}，见表格。", count - MOST_NAMED));
    }
    named
}

/// What importing did, and the invitations of the units that have no chat yet.
pub fn imported(changes: &[String], invitations: &[Invited]) -> Vec<Words> {
    let mut blocks = match changes {
        [] => vec![Block::text("这份文件已经导入过，没有变化。")],
        changes => std::iter::once(Block::text("<b>已导入</b>"))
            .chain(changes.iter().map(|change| Block::text(text::escape(&in_chat(change)))))
            .collect(),
    };
    blocks.extend(invitation_lines(invitations));
    messages(blocks)
}

/// In answer to `/invite 全部`.
pub fn all_invited(invitations: &[Invited]) -> Vec<Words> {
    match invitations {
        [] => vec![Words::plain("承担任务的单位均已绑定，无需邀请。")],
        invitations => messages(invitation_lines(invitations)),
    }
}

fn invitation_lines(invitations: &[Invited]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(first) = invitations.first() {
        blocks.push(Block::text(format!(
            "<b>尚未绑定群的单位 {} 个</b>，请把邀请转给各单位，由其点按并选择本单位的群（有效期至{}，只能使用一次）：",
            invitations.len(),
            first.until
        )));
        blocks.extend(invitations.iter().map(|invited| {
            Block::text(format!("{}：{}", text::escape(invited.unit.as_deref().unwrap_or("督办员")), link(invited)))
        }));
        blocks.push(Block::text(
            "没有群的单位，请把其链接中“startgroup=”之后的邀请码转给联络员，由其私聊机器人发送“/bind 邀请码”。",
        ));
    }
    blocks
}

pub fn invitation(invited: &Invited) -> Words {
    let Invited { code, username, until, .. } = invited;
    let how = match &invited.unit {
        Some(unit) => format!(
            "<b>{}</b> 的邀请，请转给该单位，点按后选择本单位的群：\n{}\n或在该单位的群里发送：<code>/bind@{username} {code}</code>\n没有群的单位，由其联络员私聊机器人发送：<code>/bind {code}</code>",
            text::escape(unit),
            link(invited)
        ),
        None => format!("<b>督办员</b>的邀请，请本人点按：\n{}", link(invited)),
    };
    let anew = match &invited.unit {
        Some(unit) => format!("需要换码时发送 /invite {} 新，旧码随即失效。", text::escape(unit)),
        None => String::new(),
    };
    Words::plain(format!("{how}\n有效期至{until}，只能使用一次。{anew}"))
}

pub fn not_invited(why: &str) -> Words {
    Words::plain(text::escape(why))
}

fn link(invited: &Invited) -> String {
    let start = if invited.unit.is_some() { "startgroup" } else { "start" };
    format!("https://t.me/{}?{start}={}", invited.username, invited.code)
}

/// Who is bound, and who has never reacted.
pub fn units(presences: &[Presence]) -> Vec<Words> {
    let named =
        |is: &dyn Fn(&&Presence) -> bool| presences.iter().filter(is).map(|one| one.unit.clone()).collect::<Vec<_>>();
    let (unbound, mute) = (named(&|one| !one.bound), named(&|one| one.bound && !one.heard));
    let heard = presences.iter().filter(|one| one.bound && one.heard).count();
    let mut blocks = vec![Block::text(format!(
        "<b>承担任务的单位 {} 个</b>：已绑定群 {} 个，其中有过反馈 {heard} 个。",
        presences.len(),
        presences.len() - unbound.len()
    ))];
    if !unbound.is_empty() {
        blocks.push(Block::text(format!("<b>未绑定 {} 个</b>（发送 /invite 单位 取得邀请）：", unbound.len())));
        blocks.extend(unbound.iter().map(|unit| Block::text(text::escape(unit))));
    }
    if !mute.is_empty() {
        blocks.push(Block::text(format!("<b>已绑定、从未反馈 {} 个</b>：{}", mute.len(), names(&mute))));
    }
    let orphaned = named(&|one| one.bound && one.heard && !one.has_contact);
    if !orphaned.is_empty() {
        blocks.push(Block::text(format!("<b>暂无联络员 {} 个</b>：{}", orphaned.len(), names(&orphaned))));
    }
    let silenced = named(&|one| one.silenced);
    if !silenced.is_empty() {
        blocks.push(Block::text(format!("<b>已停止提醒 {} 个</b>：{}", silenced.len(), names(&silenced))));
    }
    messages(blocks)
}
