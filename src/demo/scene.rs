//! What the demo plays: a plan, the units that have a group, and who is there.

use anyhow::Result;

use crate::office::plan::Draft;
use crate::sandbox::{Sandbox, Words};

pub(super) const PLAN: (&str, &[u8]) = ("demo-plan.txt", include_bytes!("../../seeds/demo-plan.txt"));
pub(super) const ROLL: &str = include_str!("../../seeds/hunan-roll.json");
/// Telegram's id and the name.
pub(super) type Person = (i64, &'static str);

/// A unit's group with one or two contacts.
#[derive(Clone)]
pub(super) struct Department {
    /// Telegram's id.
    pub chat: i64,
    pub unit: String,
    pub people: [Person; 2],
}

/// Telegram's ids and names of the groups and the people.
pub(super) const COORDINATOR: Person = (1001, "督办员周敏");
pub(super) const SECOND: Person = (1002, "督办员何静");
pub(super) const CHATS: [(i64, [Person; 2]); 12] = [
    (-2001, [(1101, "李建国"), (1102, "陈晓")]),
    (-2002, [(1201, "王芳"), (1202, "周凯")]),
    (-2003, [(1301, "赵刚"), (1302, "马琳")]),
    (-2004, [(1401, "刘洋"), (1402, "谭敏")]),
    (-2005, [(1501, "张伟"), (1502, "何晴")]),
    (-2006, [(1601, "孙涛"), (1602, "吴倩")]),
    (-2007, [(1701, "郑洁"), (1702, "冯磊")]),
    (-2008, [(1801, "蒋明"), (1802, "沈悦")]),
    (-2009, [(2901, "韩波"), (2902, "杨帆")]),
    (-2010, [(3001, "朱琳"), (3002, "秦峰")]),
    (-2011, [(3101, "许强"), (3102, "吕青")]),
    (-2012, [(3201, "邓超群"), (3202, "萧雨")]),
];
/// Whose groups stand ready for the demo's own plan.
pub(super) const UNITS: [&str; 4] = ["省住房城乡建设厅", "省市场监管局", "省公安厅", "长沙市人民政府"];
/// Where the coordinators hear of what waits for them.
pub(super) const COORDINATORS: (i64, &str, &[Person]) = (-2900, "督办工作群", &[COORDINATOR, SECOND]);
/// Who else is in every department's group: the coordinator, somebody who belongs elsewhere, and Telegram's own account
/// for an admin who hides behind the group.
const BYSTANDERS: [Person; 3] = [COORDINATOR, STRANGER, (1_087_968_824, "匿名管理员")];
pub(super) const STRANGER: Person = (1901, "外单位孙路");
/// Who also writes to the bot in private.
pub(super) const CONTACT: Person = CHATS[0].1[0];
/// A plan for the demo.
#[derive(Clone)]
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
}

/// What the page says when nothing else is to be said.
pub(super) fn usual_notice(kept: bool) -> Words {
    let english = if kept { "what is tried stays in the database that was named" } else { "nothing is kept" };
    Words::new(
        format!("演示：时间可以拨动，{}", remark(kept)),
        format!("A rehearsal: the clock can be moved, and {english}"),
    )
}

/// What becomes of what is tried.
pub(super) fn remark(kept: bool) -> &'static str {
    if kept { "演示数据保留在所指的数据库里" } else { "演示数据不会保留" }
}

pub(super) fn populate(sandbox: &Sandbox, departments: &[Department], kept: bool) {
    let add_group = |chat, title: &str, people: &[Person]| {
        for (person, name) in people {
            sandbox.add_person(*person, name);
        }
        sandbox.add_group(chat, title, &people.iter().map(|(person, _)| *person).collect::<Vec<_>>());
    };
    for Department { chat, unit, people } in departments {
        add_group(*chat, unit, &[people.as_slice(), &BYSTANDERS].concat());
    }
    sandbox.add_private_chat(COORDINATOR.0);
    add_group(COORDINATORS.0, COORDINATORS.1, COORDINATORS.2);
    sandbox.add_private_chat(SECOND.0);
    sandbox.add_private_chat(CONTACT.0);
    sandbox.set_notice(usual_notice(kept));
}
