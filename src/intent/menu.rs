//! What Telegram offers while one types `/`: what each audience needs most, a screen of it. `/help` tells the rest.

/// Commands with what they do.
pub type Menu = [(&'static str, &'static str); 12];

/// In groups, which are units'.
pub const GROUP: Menu = [
    ("tasks", "本单位任务"),
    ("task", "查看一项任务，后接项号"),
    ("report", "反馈进展，后接项号和进展"),
    ("done", "提请办结，后接项号和说明"),
    ("extend", "申请延期，后接项号、日期和理由"),
    ("later", "稍后反馈，下一个工作日再提醒"),
    ("history", "历次反馈，后接项号"),
    ("problems", "本单位问题"),
    ("undo", "撤回上一条反馈"),
    ("ask", "提问，例如有几项逾期"),
    ("contacts", "本单位联络员"),
    ("help", "更多命令和用法"),
];

/// In private, to contacts.
pub const PRIVATE: Menu = [
    ("tasks", "本单位任务"),
    ("task", "查看一项任务，后接项号"),
    ("report", "反馈进展，后接项号和进展"),
    ("done", "提请办结，后接项号和说明"),
    ("extend", "申请延期，后接项号、日期和理由"),
    ("later", "稍后反馈，下一个工作日再提醒"),
    ("history", "历次反馈，后接项号"),
    ("problems", "本单位问题"),
    ("undo", "撤回上一条反馈"),
    ("ask", "提问，例如有几项逾期"),
    ("private", "提醒抄送到私聊（开启或关闭）"),
    ("help", "更多命令和用法"),
];

/// To coordinators, in their group and in private.
pub const COORDINATORS: Menu = [
    ("status", "总体情况"),
    ("pending", "待核定事项"),
    ("overdue", "逾期任务"),
    ("due", "即将到期"),
    ("silent", "尚未反馈"),
    ("read", "签收情况"),
    ("problems", "待答复的问题"),
    ("remind", "催办，后接项号或单位"),
    ("brief", "督办简报"),
    ("board", "看板图片"),
    ("export", "台账工作簿"),
    ("help", "更多命令和用法"),
];
