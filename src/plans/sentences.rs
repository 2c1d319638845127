//! What is said of plans.

use crate::chat::text;
use crate::chat::words::{Block, Button, Words, messages};
use crate::intent::button;
use crate::plans::{KnownPlan, PlanRow, Unclear};
use crate::questions::sentences::coordinator::which_plan;

pub const ENDED: &str = "已结束。";

/// `/plans`
pub fn listed(plans: &[PlanRow], open: &[KnownPlan]) -> Vec<Words> {
    if open.is_empty() {
        return vec![Words::plain("还没有方案。请把方案文件发到这里，核对后点“确认导入”。")];
    }
    let rows = open.iter().filter_map(|plan| Some((plan, plans.iter().find(|row| row.id == plan.id.0)?)));
    let lines = rows.map(|(plan, row)| {
        let number = row.document_number.as_ref().map(|number| format!("（{}）", text::escape(number)));
        Block::text(format!(
            "{} <b>{}</b>｜《{}》{}｜任务 {} 项，未办结 {} 项",
            plan.id.0,
            text::escape(&plan.name),
            text::escape(&plan.title),
            number.unwrap_or_default(),
            row.tasks,
            row.open
        ))
    });
    let closed = plans.len() - open.len();
    let closed = (closed > 0).then(|| Block::text(format!("另有 {closed} 个方案已结束。")));
    let foot = "改简称：/plans 1 简称 营商环境；结束：/plans 1 结束；只看一个方案：/status 营商环境，/board 营商环境。";
    let head = Block::text(format!("<b>方案 {} 个</b>（编号、简称）：", open.len()));
    messages(std::iter::once(head).chain(lines).chain(closed).chain([Block::text(foot)]).collect())
}

pub fn named(plan: &KnownPlan, name: &str, by: &str) -> Words {
    let (title, name, by) = (text::escape(&plan.title), text::escape(name), text::escape(by));
    Words::plain(format!("{by} 将《{title}》的简称定为“{name}”，今后可说“{name}第2项 30%”。"))
}

pub fn ask_end(plan: &KnownPlan, open: i64) -> Words {
    let words = format!(
        "结束《{}》后不再提醒，也不再计入各项统计；其中未办结 {open} 项保持现状，历次反馈和台账都保留。确认结束吗？",
        text::escape(&plan.title)
    );
    let end = Button { text: "确认结束".to_owned(), data: button::plan::end(plan.id) };
    Words { buttons: vec![vec![end]], ..Words::plain(words) }
}

pub fn ended(plan: &KnownPlan, by: &str) -> Words {
    Words::plain(format!("{} 已结束《{}》，不再提醒。", text::escape(by), text::escape(&plan.title)))
}

pub fn has_no_end() -> Words {
    Words::plain("单项交办没有终期，不能整体结束。请用 /drop 逐项撤销，例如 /drop 交办第3项 理由。")
}

/// `《营商环境》第5项`, not yet ready to be shown.
pub fn task(plan: Option<&KnownPlan>, number: &str) -> String {
    let plan = plan.map(|plan| format!("《{}》", plan.name)).unwrap_or_default();
    format!("{plan}第{number}项")
}

/// Why no task of this number is meant, and how to say which by `command`; `number` is empty where only a plan was named.
pub fn unclear(unclear: &Unclear, number: &str, command: &str) -> Words {
    let number = text::escape(number);
    let task = if number.is_empty() { String::new() } else { format!("第{number}项") };
    match unclear {
        Unclear::WhichPlan(titles) => {
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            which_plan(&titles, &format!("{command} 营商环境{task}"))
        }
        Unclear::NotThere(plan) => Words::plain(format!("《{}》没有{task}，请核对后重发。", text::escape(plan))),
        Unclear::Ended { title, name } => Words::plain(format!(
            "《{}》已结束，不再统计。历次反馈请发送 /history {1}第5项，台账和看板请发送 /export {1}、/board {1}。",
            text::escape(title),
            text::escape(name)
        )),
        Unclear::Several(plans) => {
            let plans: Vec<String> = plans.iter().map(|plan| text::escape(plan)).collect();
            let first = plans.first().map_or("", String::as_str);
            let all: Vec<String> = plans.iter().map(|plan| format!("《{plan}》")).collect();
            Words::plain(format!("{}都有{task}。请写明方案再发一次，例如 {command} {first}{task}。", all.join("、")))
        }
    }
}
