//! What the demo plays: a plan, the units that have a group, and who is there.

use anyhow::Result;
use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::office::plan::Draft;
use crate::sandbox::Sandbox;
use crate::schedule::reach::reaches;

pub(super) const PLAN: (&str, &[u8]) = ("demo-plan.txt", include_bytes!("../../seeds/demo-plan.txt"));
pub(super) const ROLL: &str = include_str!("../../seeds/hunan-roll.json");
/// Telegram's id and the name.
pub(super) type Person = (i64, &'static str);

/// A unit's group with one or two contacts.
#[derive(Clone, Copy)]
pub(super) struct Department<'a> {
    /// Telegram's id.
    pub chat: i64,
    pub unit: &'a str,
    pub people: [Person; 2],
}

/// Telegram's ids and names of the groups and the people.
pub(super) const COORDINATOR: Person = (1001, "督办员周敏");
pub(super) const CHATS: [(i64, [Person; 2]); 6] = [
    (-2001, [(1101, "李建国"), (1102, "陈晓")]),
    (-2002, [(1201, "王芳"), (1202, "周凯")]),
    (-2003, [(1301, "赵刚"), (1302, "马琳")]),
    (-2004, [(1401, "刘洋"), (1402, "谭敏")]),
    (-2005, [(1501, "张伟"), (1502, "何晴")]),
    (-2006, [(1601, "孙涛"), (1602, "吴倩")]),
];
/// Whose groups stand ready for the demo's own plan.
pub(super) const UNITS: [&str; 4] = ["省住房城乡建设厅", "省市场监管局", "省公安厅", "长沙市人民政府"];
/// Where the coordinators hear of what waits for them.
pub(super) const COORDINATORS: (i64, &str, &[Person]) = (-2900, "督办工作群", &[COORDINATOR, (1002, "督办员何静")]);
/// Who else is in every department's group: the coordinator, somebody who belongs elsewhere, and Telegram's own account
/// for an admin who hides behind the group.
const BYSTANDERS: [Person; 3] = [COORDINATOR, (1901, "外单位孙路"), (1_087_968_824, "匿名管理员")];
/// Who also writes to the bot in private.
const IN_PRIVATE: Person = (1101, "李建国");
/// How long before its first date an office's own plan is shown.
const BEFORE_FIRST_DATE: Days = Days::new(3);
const OPENS_AT: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("a constant");

/// A plan for the demo.
pub struct Script {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) draft: Draft,
    /// Whether it is an office's own, and not the demo's.
    pub(super) own: bool,
}

impl Script {
    pub fn ours() -> Result<Script> {
        let draft = crate::plan::read(PLAN.0, PLAN.1)?;
        Ok(Script { name: PLAN.0.to_owned(), bytes: PLAN.1.to_vec(), draft, own: false })
    }

    /// An office's own document.
    pub fn of(name: String, bytes: Vec<u8>) -> Result<Script> {
        let draft = crate::plan::read(&name, &bytes)?;
        Ok(Script { name, bytes, draft, own: true })
    }

    /// When its first reminders lie just ahead; `None` where it names no date.
    pub fn opens(&self, zone: Tz) -> Option<DateTime<Utc>> {
        let first = self.draft.tasks.iter().flat_map(|task| &task.milestones).filter_map(|date| date.due).min()?;
        let day = first.checked_sub_days(BEFORE_FIRST_DATE).filter(|day| reaches(*day))?;
        day.and_time(OPENS_AT).and_local_timezone(zone).earliest().map(|at| at.to_utc())
    }
}

/// What becomes of what is tried.
pub(super) fn remark(kept: bool) -> &'static str {
    if kept { "演示数据保留在所指的数据库里" } else { "演示数据不会保留" }
}

pub(super) fn populate(sandbox: &Sandbox, departments: &[Department<'_>], script: &Script, kept: bool) {
    let add_group = |chat, title: &str, people: &[Person]| {
        for (person, name) in people {
            sandbox.add_person(*person, name);
        }
        sandbox.add_group(chat, title, &people.iter().map(|(person, _)| *person).collect::<Vec<_>>());
    };
    let first = script.draft.tasks.iter().find(|task| !task.milestones.is_empty()).or(script.draft.tasks.first());
    let task = first.filter(|_| script.own).map_or("5", |task| task.number.as_str());
    let unit = departments.first().map_or(UNITS[0], |department| department.unit);
    for Department { chat, unit, people } in departments {
        add_group(*chat, unit, &[people.as_slice(), &BYSTANDERS].concat());
        let hints = [
            "进度60%，系统已上线试运行。问题：市县数据未打通".to_owned(),
            "已完成".to_owned(),
            "受阻，经费未落实".to_owned(),
            "申请延期至12月31日".to_owned(),
            format!("/step {task} 12月15日 完成系统联调"),
            "/tasks".to_owned(),
        ];
        sandbox.set_hints(*chat, hints.to_vec());
    }
    sandbox.add_private_chat(COORDINATOR.0);
    let hints = [
        "总体进展".to_owned(),
        format!("第{task}项进展如何"),
        unit.to_owned(),
        "哪些逾期了".to_owned(),
        "本月到期".to_owned(),
        "谁还没反馈".to_owned(),
        format!("/remind {task}"),
        "/board".to_owned(),
        "/bulletin".to_owned(),
    ];
    sandbox.set_hints(COORDINATOR.0, hints.to_vec());
    add_group(COORDINATORS.0, COORDINATORS.1, COORDINATORS.2);
    sandbox.set_hints(COORDINATORS.0, ["/status", "/pending", "/problems", "/board"].map(str::to_owned).to_vec());
    sandbox.add_private_chat(IN_PRIVATE.0);
    let hints = ["/tasks".to_owned(), format!("{task} 进度60%"), "快了快了".to_owned()];
    sandbox.set_hints(IN_PRIVATE.0, hints.to_vec());
    sandbox.set_notice(&format!("演示：时间可以拨动，{}", remark(kept)));
}
