//! What is said of plans.

use crate::chat::text;
use crate::chat::words::{Block, Button, Words, messages};
use crate::intent::button;
use crate::plans::{KnownPlan, NotOne, PlanRow, Unclear};

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

/// Which of these plans is meant, and how to say so.
pub fn which_plan(plans: &[&KnownPlan], example: &str) -> Words {
    let told = |plan: &&KnownPlan| {
        let alike = plans.iter().filter(|other| other.title == plan.title).count() > 1;
        let name = if alike { format!("（{}）", text::escape(&plan.name)) } else { String::new() };
        format!("《{}》{name}", text::escape(&plan.title))
    };
    let plans: Vec<String> = plans.iter().map(told).collect();
    Words::plain(format!("请写明是哪个方案：{}。例如 {example}。", plans.join("、")))
}

/// Why words on the command line call no one plan, with those that they may mean: number, short name, title.
pub fn not_one(words: &str, why: NotOne<'_>, known: &[KnownPlan]) -> String {
    const SHOWN: usize = 12;
    if known.is_empty() {
        return "还没有方案。请先用 duban plan import 文件 导入".to_owned();
    }
    let (said, among) = match why {
        NotOne::Several(several) => (format!("“{words}”可能是几个方案"), several),
        NotOne::Unknown => (format!("没有“{words}”这个方案，现有"), known.iter().collect()),
    };
    let told = |plan: &&KnownPlan| {
        let ended = if plan.ended { "（已结束）" } else { "" };
        format!("{} {}《{}》{ended}", plan.id.0, plan.name, plan.title)
    };
    let told_of: Vec<String> = among.iter().take(SHOWN).map(told).collect();
    let more = if among.len() > SHOWN { format!("等 {} 个", among.len()) } else { String::new() };
    format!("{said}：{}{more}。请写编号或简称", told_of.join("、"))
}

/// Nothing is changed of a plan that has ended.
pub fn has_ended(title: &str) -> String {
    format!("《{title}》已结束，未作更改。要继续督办，请导入它的新版文件，或用 duban task add 另行交办")
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
        Unclear::WhichPlan(plans) => {
            let plans: Vec<&KnownPlan> = plans.iter().collect();
            which_plan(&plans, &format!("{command} 营商环境{task}"))
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
