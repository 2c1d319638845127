//! The sheet 台账: every entry in words and in office time, with the entry as it was hashed in the last columns.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use crate::chat::phrases;
use crate::office::moment::Moment;
use crate::office::status::Status;
use crate::paper::PaperError;
use crate::paper::workbook::{Cell, Column, LedgerLine, Sheet};
use crate::schedule::deadline::in_words;

pub(super) const LEDGER: [Column; 7] = [
    ("序号", 8.0),
    ("时间", 18.0),
    ("办理人", 14.0),
    ("事项", 16.0),
    ("内容", 60.0),
    ("哈希", 20.0),
    ("原始记录（时间、主体、类型、内容）", 60.0),
];
/// A part of an entry is repeated up to so many characters; the raw entry has the rest.
const LONGEST_PART: usize = 200;

/// What the numbers in entries stand for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub people: HashMap<i64, String>,
    pub units: HashMap<i64, String>,
    pub plans: HashMap<i64, String>,
    /// `第5项 省公安厅`
    pub duties: HashMap<i64, String>,
    /// Titles of groups, and the names of who writes in private.
    pub chats: HashMap<i64, String>,
    /// `省公安厅 提醒`
    pub citations: HashMap<i64, String>,
}

impl Sheet<'_> {
    pub fn add_entry(&mut self, entry: &LedgerLine, names: &Names, moment: Moment) -> Result<(), PaperError> {
        let at = entry.at.parse::<DateTime<Utc>>().map(|at| at.with_timezone(&moment.zone).naive_local());
        let raw = format!("{} {} {} {}", entry.at, entry.actor, entry.kind, entry.body);
        self.row(&[
            Cell::Number(entry.seq),
            at.map_or(Cell::Text(&entry.at), Cell::Time),
            Cell::Text(&actor(&entry.actor, names)),
            Cell::Text(matter(&entry.kind)),
            Cell::Text(&words(entry, names, moment)),
            Cell::Text(&entry.hash),
            Cell::Text(&raw),
        ])
    }
}

fn actor(key: &str, names: &Names) -> String {
    match key.strip_prefix("person:").and_then(|id| id.parse().ok()) {
        Some(id) => names.people.get(&id).cloned().unwrap_or_else(|| format!("人员{id}")),
        None if key == "bot" => "系统".to_owned(),
        None => "运行人员".to_owned(),
    }
}

/// What an entry is about. One of a kind that is not known here goes by its own name.
pub fn matter(kind: &str) -> &str {
    match kind {
        "report_recorded" => "登记反馈",
        "report_revised" => "修改反馈",
        "report_withdrawn" => "撤回反馈",
        "task_asked" => "询问是哪项任务",
        "meaning_asked" => "询问所指情况",
        "question_closed" => "询问结束",
        "evidence_added" => "补充佐证",
        "evidence_opened" => "查看佐证",
        "bulletin_issued" => "印发通报",
        "evidence_hashed" => "登记佐证校验值",
        "evidence_missing" => "佐证未能取得",
        "claim_decided" => "核定办结",
        "duty_suspended" => "中止",
        "duty_resumed" => "恢复",
        "duty_reopened" => "撤销办结",
        "suspension_refused" => "不同意中止",
        "duty_moved" => "转办",
        "transfer_decided" => "答复转办",
        "extension_decided" => "核定延期",
        "reason_given" => "说明理由",
        "reason_withdrawn" => "撤回理由",
        "words_passed_on" => "转达批示",
        "problem_ended" => "问题办结",
        "problem_reopened" => "问题恢复",
        "practice_recommended" => "推荐经验",
        "step_planned" => "分解步骤",
        "step_done" => "步骤完成",
        "step_reopened" => "步骤恢复",
        "nudged" => "催办",
        "reminder_put_off" => "稍后再提醒",
        "words_kept_unheard" => "留存未登记人员的反馈",
        "unit_instructed" => "批示",
        "instruction_answered" => "答复批示",
        "receipt_noted" => "签收",
        "reminder_sent" => "发出提醒",
        "message_given_up" => "消息未送达",
        "task_assigned" => "交办",
        "task_amended" => "调整任务",
        "task_dropped" => "撤销任务",
        "task_restored" => "恢复任务",
        "inspection_started" => "发起专项督查",
        "inspection_nudged" => "催办专项督查",
        "inspection_closed" => "关闭专项督查",
        "inspection_answered" => "答复专项督查",
        "inspection_answer_withdrawn" => "撤回专项督查答复",
        "citation_recorded" => "记录表扬、提醒或约谈",
        "citation_told" => "通知表扬、提醒或约谈",
        "citation_withdrawn" => "撤销表扬、提醒或约谈",
        "citation_restored" => "恢复表扬、提醒或约谈",
        "plan_imported" => "导入方案",
        "plan_revised" => "方案修订",
        "plan_closed" => "方案结束",
        "plan_named" => "方案取简称",
        "document_sent" => "收到文件",
        "document_read" => "读取文件",
        "document_refused" => "文件无法读取",
        "document_dropped" => "放弃导入",
        "import_confirmed" => "确认导入",
        "unit_added" => "名册增加单位",
        "unit_bound" => "单位绑定群",
        "unit_unbound" => "解除绑定",
        "area_given" => "督办员分工",
        "areas_ended" => "取消分工",
        "unit_succeeded" => "单位职责承接",
        "alias_added" => "增加简称",
        "alias_removed" => "删除简称",
        "member_added" => "统称增加成员",
        "member_removed" => "统称减少成员",
        "collective_separated" => "统称拆分",
        "invited" => "发出邀请",
        "invitations_ended" => "邀请作废",
        "contact_asked" => "申请联络员",
        "contact_registered" => "登记联络员",
        "contact_removed" => "联络员退出",
        "member_gone" => "成员退群",
        "coordinator_added" => "增加督办员",
        "coordinator_removed" => "移除督办员",
        "coordinators_bound" => "设为督办员群",
        "reminders_stopped" => "停止提醒",
        "reminders_resumed" => "恢复提醒",
        "chat_moved" => "群升级",
        "topic_gone" => "话题已删除",
        "chat_reachable" => "群可达情况",
        "bot_standing" => "机器人在群中的身份",
        "policy_changed" => "修改设置",
        "holidays_read" => "录入节假日",
        "outage" => "停机",
        "clock_jumped" => "时钟跳变",
        "clock_trusted" => "确认时钟",
        "rows_changed" | "rows_counted" => "核对记录",
        "upgrade_begun" => "版本升级",
        other => other,
    }
}

/// What an entry says, as far as it can be told in words.
fn words(entry: &LedgerLine, names: &Names, moment: Moment) -> String {
    let by = entry.actor.as_str();
    let Ok(Value::Object(mut fields)) = serde_json::from_str(&entry.body) else { return String::new() };
    match entry.kind.as_str() {
        "rows_changed" | "rows_counted" => return rows(&fields),
        "invited" | "invitations_ended" if fields.get("unit").is_some_and(Value::is_null) => {
            fields.insert("unit".to_owned(), Value::from("督办员"));
        }
        _ => {}
    }
    // What a report says of the task.
    if let Some(Value::Object(item)) = fields.remove("item") {
        fields.extend(item.into_iter().filter(|(key, _)| ["status", "percent", "extend_to"].contains(&key.as_str())));
    }
    // Who it was stands beside it, and where is that unit's group.
    let whom = fields.get("person").filter(|person| format!("person:{person}") == by).cloned();
    if whom.is_some() {
        fields.remove("person");
    }
    if fields.contains_key("duty") {
        fields.remove("chat");
    }
    let parts = FIELDS.iter().filter_map(|(key, label)| {
        let value = fields.get(*key).filter(|value| !value.is_null())?;
        let told = value_in_words(key, value, names, moment)?;
        Some(format!("{label}{}", told.chars().take(LONGEST_PART).collect::<String>()))
    });
    let parts: Vec<String> = parts.chain(problems(&fields)).filter(|part| !part.is_empty()).collect();
    match (whom, parts.is_empty()) {
        // Nobody but who did it is meant.
        (Some(person), true) => value_in_words("person", &person, names, moment).unwrap_or_default(),
        _ => parts.join("；"),
    }
}

/// How many rows of which kind are checked: `责任21条、群聊1条`.
fn rows(fields: &Map<String, Value>) -> String {
    let Some(Value::Object(tables)) = fields.get("rows") else { return String::new() };
    let counted = tables.iter().map(|(table, rows)| {
        let count = rows.as_object().map(Map::len).or_else(|| rows.as_array().map(Vec::len));
        let count = count.map(|count| format!("{count}条")).unwrap_or_default();
        format!("{}{count}", table_in_words(table))
    });
    counted.collect::<Vec<_>>().join("、")
}

/// What the rows of a table hold. One that is not known here goes by its own name.
fn table_in_words(table: &str) -> &str {
    match table {
        "chat" => "群聊",
        "contact" => "联络员",
        "coordinator" => "督办员",
        "decision" => "核定",
        "duty" => "责任",
        "invitation" => "邀请",
        "member" => "群成员",
        "milestone" => "时限",
        "outbox" => "消息",
        "person" => "人员",
        "plan" => "方案",
        "problem" => "问题",
        "question" => "询问",
        "reminder" | "reminder_item" => "提醒",
        "report" | "report_version" => "反馈",
        "schedule" => "提醒进度",
        "section" => "部分",
        "state" => "运行状态",
        "task" => "任务",
        "unit" => "单位",
        other => other,
    }
}

/// What is told of an entry and how, in this order. What else it holds are numbers that tell nobody anything.
const FIELDS: [(&str, &str); 38] = [
    ("plan", ""),
    ("title", ""),
    ("issue", "期号："),
    ("duty", ""),
    ("unit", ""),
    ("units", ""),
    ("citation", ""),
    ("collective", "统称："),
    ("member", "成员："),
    ("alias", "简称："),
    ("successor", "承接："),
    ("person", "人员："),
    ("chat", "群聊："),
    ("number", "编号："),
    ("status", "状态："),
    ("percent", "进度："),
    ("decision", "结果："),
    ("kind", "类别："),
    ("ending", "结果："),
    ("recommended", ""),
    ("from", "起："),
    ("to", "止："),
    ("expires_at", "有效至："),
    ("due", "时限："),
    ("extend_to", "申请延期至："),
    ("day", "日期："),
    ("what", "问题："),
    ("text", "内容："),
    ("words", "内容："),
    ("name", "文件："),
    ("size", "字节数："),
    ("sha256", "SHA-256："),
    ("reason", "理由："),
    ("why", "原因："),
    ("key", "设置："),
    ("before", "原为："),
    ("value", "改为："),
    ("changes", "变化："),
];

fn value_in_words(key: &str, value: &Value, names: &Names, moment: Moment) -> Option<String> {
    let named = |known: &HashMap<i64, String>| value.as_i64().and_then(|id| known.get(&id).cloned());
    let text = || value.as_str().map(str::to_owned);
    match key {
        "duty" => named(&names.duties),
        "unit" | "successor" => named(&names.units).or_else(text),
        "units" => {
            let by_id = |id: i64| names.units.get(&id).map(String::as_str);
            let known = value.as_array()?.iter().filter_map(|unit| unit.as_str().or_else(|| by_id(unit.as_i64()?)));
            Some(known.collect::<Vec<_>>().join("、"))
        }
        "plan" => named(&names.plans).map(|title| format!("《{title}》")),
        "person" => named(&names.people),
        "citation" => named(&names.citations),
        "from" | "to" | "expires_at" => {
            let at = text()?.parse::<DateTime<Utc>>().ok()?;
            Some(phrases::date_and_time(at.with_timezone(&moment.zone)))
        }
        "chat" => named(&names.chats),
        "status" => text().map(|key| Status::from_key(&key).map_or(key, |status| status.label().to_owned())),
        "percent" => value.as_i64().map(|percent| format!("{percent}%")),
        "decision" | "kind" | "ending" => text().map(|key| outcome(&key).to_owned()),
        "recommended" => value.as_bool().map(|is| if is { "推荐" } else { "不再推荐" }.to_owned()),
        "due" | "extend_to" | "day" => {
            text().map(|day| day.parse::<NaiveDate>().map_or_else(|_| day.clone(), in_words))
        }
        "changes" => Some(value.as_array()?.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("；")),
        _ => match value {
            Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        },
    }
}

fn problems(fields: &Map<String, Value>) -> Option<String> {
    let problems: Vec<&str> = fields.get("problems")?.as_array()?.iter().filter_map(Value::as_str).collect();
    (!problems.is_empty()).then(|| format!("问题：{}", problems.join("、")))
}

fn outcome(key: &str) -> &str {
    match key {
        "accepted" => "同意办结",
        "returned" => "退回",
        "suspended" => "中止",
        "resumed" => "恢复",
        "reopened" => "撤销办结",
        "granted" => "同意",
        "refused" => "不同意",
        "answered" => "已答复",
        "closed" => "已关闭",
        "withdrawn" => "已撤销",
        "commendation" => "表扬",
        "warning" => "提醒",
        "interview" => "约谈",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::policy::Policy;
    use crate::schedule::calendar::Calendar;

    fn told(kind: &str, actor: &str, body: &str, names: &Names) -> String {
        let entry = LedgerLine {
            seq: 1,
            at: "2019-06-27T01:00:00Z".to_owned(),
            actor: actor.to_owned(),
            kind: kind.to_owned(),
            body: body.to_owned(),
            hash: String::new(),
        };
        let now = "2019-06-27T01:00:00Z".parse().unwrap();
        words(&entry, names, Moment::of(now, &Policy::default(), &Calendar::china()))
    }

    #[test]
    fn an_entry_in_words() {
        let mut names = Names::default();
        names.duties.insert(7, "第5项 省公安厅".to_owned());
        names.people.insert(3, "李建国".to_owned());
        let body = r#"{"duty":7,"message":9,"person":3,"item":{"status":"in_progress","percent":60,"words":""},"text":"已上线\n试运行","problems":["数据未打通"],"rows":"x"}"#;
        assert_eq!(
            told("report_recorded", "person:3", body, &names),
            "第5项 省公安厅；状态：推进中；进度：60%；内容：已上线 试运行；问题：数据未打通"
        );
        assert_eq!(actor("person:3", &names), "李建国");
        assert_eq!((actor("bot", &names).as_str(), matter("policy_changed")), ("系统", "修改设置"));
        assert_eq!(
            told("policy_changed", "operator", r#"{"key":"digest","before":null,"value":"0 8 * * *"}"#, &names),
            "设置：digest；改为：0 8 * * *"
        );
    }

    #[test]
    fn every_entry_says_what_it_is_about() {
        let mut names = Names::default();
        names.people.insert(3, "周敏".to_owned());
        names.citations.insert(2, "省教育厅 提醒".to_owned());
        let cases = [
            (
                "outage",
                r#"{"from":"2019-01-24T01:00:17Z","to":"2019-01-25T02:00:00Z"}"#,
                "起：2019年1月24日（周四）09:00；止：2019年1月25日（周五）10:00",
            ),
            ("coordinator_added", r#"{"person":3,"rows":{"chat":{"1":"00"}}}"#, "周敏"),
            (
                "invited",
                r#"{"expires_at":"2019-07-04T01:00:00Z","unit":null}"#,
                "督办员；有效至：2019年7月4日（周四）09:00",
            ),
            ("citation_told", r#"{"citation":2}"#, "省教育厅 提醒"),
            ("rows_changed", r#"{"rows":{"duty":{"1":"00","2":"00"},"lexicon":{"1":"00"}}}"#, "责任2条、lexicon1条"),
            ("inspection_started", r#"{"number":1,"units":["省公安厅"]}"#, "省公安厅；编号：1"),
        ];
        for (kind, body, expected) in cases {
            assert_eq!(told(kind, "person:3", body, &names), expected, "{kind}");
        }
    }
}
