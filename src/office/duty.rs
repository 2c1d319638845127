//! 责任: one unit's part in one task, and how it stands.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::office::ids::{ChatId, DutyId, MilestoneId, PersonId, PlanId, TaskId, UnitId};
use crate::office::milestone::Milestone;
use crate::office::moment::Moment;
use crate::office::reach::Reach;
use crate::office::recurring::{Recurring, Round};
use crate::office::status::Status;
use crate::office::unconfirmed::Unconfirmed;
use crate::practices::Practice;
use crate::problems::Problem;
use crate::steps::Step;

/// 单位, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitRef {
    pub id: UnitId,
    pub name: String,
}

/// 任务, as it is shown and replied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRef {
    pub id: TaskId,
    /// As the document prints it: `5`, `5（1）`, `（一）1`.
    pub number: String,
    pub text: String,
    /// What the document says beside units and dates, a line each: persons, remarks.
    pub others: String,
}

impl TaskRef {
    /// The first clause that says what is to be done, short enough for one line on a telephone.
    pub fn short_title(&self) -> String {
        const LONGEST: usize = 24;
        let clauses = || self.text.split(['，', '。', '；', ',', ';', '\n']).map(str::trim);
        let telling = clauses().find(|clause| !clause.is_empty() && !leads_up(clause));
        let clause = telling.or_else(|| clauses().next()).unwrap_or_default();
        if clause.chars().count() <= LONGEST {
            return clause.to_owned();
        }
        clause.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}

/// Whether a clause only says on what ground, or by when: 按照国家统一部署, 2019年6月底前.
fn leads_up(clause: &str) -> bool {
    let grounds = ["按照", "根据", "依据", "围绕", "结合", "针对", "依托", "为贯彻", "为落实"];
    let by_when = clause.starts_with(|first: char| first.is_ascii_digit()) && clause.ends_with(['前', '内']);
    by_when || grounds.iter().any(|ground| clause.starts_with(ground))
}

/// A heading of a plan that has tasks below it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionRef {
    /// As printed: `（一）`, `一、`.
    pub ordinal: String,
    pub title: String,
    /// Its place in the plan.
    #[serde(skip)]
    pub position: i64,
}

impl SectionRef {
    /// `（一）优化审批`
    pub fn name(&self) -> String {
        format!("{}{}", self.ordinal, self.title)
    }

    /// 3 for `（三）` and `三、`.
    pub fn number(&self) -> Option<u32> {
        crate::chinese::numerals::parse(self.ordinal.trim_matches(|edge: char| "（）()第、.部分章节".contains(edge)))
    }
}

/// A task that no unit answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignedTask {
    pub task: TaskRef,
    pub plan_id: PlanId,
    /// The plan's title.
    pub plan: String,
    pub section: Option<SectionRef>,
    /// Its last milestone.
    pub due: Option<NaiveDate>,
}

/// 牵头, 负责 or 配合.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Lead,
    Responsible,
    Supporting,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Lead, Role::Responsible, Role::Supporting];

    pub fn key(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Responsible => "responsible",
            Role::Supporting => "supporting",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Role::Lead => "牵头",
            Role::Responsible => "负责",
            Role::Supporting => "配合",
        }
    }

    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// The latest word of a unit on a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastReport {
    /// When its newest words were said.
    pub at: DateTime<Utc>,
    pub text: String,
    /// Whether those came by an edit of the message.
    pub edited: bool,
}

/// How a duty stands, and when its unit last said something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub status: Status,
    pub percent: Option<u8>,
    /// The latest problem that is open.
    pub trouble: Option<String>,
    pub at: DateTime<Utc>,
}

/// What a unit has asked of the coordinators about a duty, and nobody has answered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// 提请办结: of the whole duty, or of dates each by itself; oldest first.
    pub claims: Vec<Claim>,
    /// 延期: one for each date, oldest first.
    pub more_time: Vec<Wish>,
    /// 中止, with the words that ask for it.
    pub suspension: Option<(Asked, String)>,
    /// 转办、退回: that it is said to be another's.
    pub transfer: Option<Transfer>,
    /// How often it was reported on, edits included. A button for a decision names it, and decides nothing once more was
    /// reported.
    pub said: i64,
}

/// 提请办结, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub asked: Asked,
    /// The one date that it is about.
    pub of: Option<MilestoneId>,
    pub text: String,
    /// Whether they came by an edit of the message.
    pub edited: bool,
    /// How many files came with it.
    pub files: usize,
    /// The coordinators who have opened these since.
    pub opened: Vec<PersonId>,
}

/// Where and when something was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub chat: ChatId,
    /// Telegram's id of the message that asks.
    pub message_id: i64,
    pub person: PersonId,
    pub at: DateTime<Utc>,
}

/// A wish for more time, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub asked: Asked,
    /// The date that is to be put off.
    pub of: Option<MilestoneId>,
    /// The date that is asked for.
    pub due: NaiveDate,
    pub text: String,
    /// Whether they came by an edit of the message.
    pub edited: bool,
    /// How many files came with it.
    pub files: usize,
}

/// 转办、退回, with its words: the part is said to be another's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub asked: Asked,
    /// The words that say so.
    pub text: String,
}

/// 中止: since when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    pub since: DateTime<Utc>,
    pub reason: String,
}

/// One unit's part in one task with everything that deciding and answering need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub id: DutyId,
    /// The plan's title.
    pub plan: String,
    /// Its short name, where other plans are open beside it.
    pub plan_name: Option<String>,
    pub plan_id: PlanId,
    pub section: Option<SectionRef>,
    pub task: TaskRef,
    pub unit: UnitRef,
    /// Whether its unit is told what is said of it.
    pub reach: Reach,
    pub role: Role,
    /// The collective through which the unit came in.
    pub via: Option<String>,
    /// Whether it is only history: a later version of the plan, or a reorganisation, has ended it.
    pub ended: bool,
    pub status: Status,
    pub percent: Option<u8>,
    /// Dated milestones that bind this unit, by due date; where more time was granted, with that date.
    pub milestones: Vec<Milestone>,
    /// Dates that come round and bind this unit.
    pub recurring: Vec<Recurring>,
    /// Those that are open, oldest first.
    pub problems: Vec<Problem>,
    /// What its reports pass on, oldest first.
    pub practices: Vec<Practice>,
    /// Into what the unit has split it, by due date.
    pub steps: Vec<Step>,
    pub waiting: Waiting,
    /// While it is suspended.
    pub suspension: Option<Suspension>,
    pub last_report: Option<LastReport>,
    /// 待确认: what may be about it and waits to be confirmed, oldest first.
    pub unconfirmed: Vec<Unconfirmed>,
    /// When a coordinator's word made it done, while it is.
    pub done_at: Option<DateTime<Utc>>,
    /// 本人核定: whether whoever had asked for it has signed it off, or suspended it.
    pub self_signed: bool,
    /// When its plan was imported.
    pub plan_since: DateTime<Utc>,
    /// The due dates after which coordinators were told of its silence.
    pub escalated: Vec<NaiveDate>,
    /// 稍后反馈, the latest.
    pub put_off: Option<PutOff>,
    /// Where another open plan has a task of this number.
    pub namesake: Option<Namesake>,
}

/// 稍后反馈: a unit is to be reminded once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutOff {
    pub asked_at: DateTime<Utc>,
    /// The date for which it was asked; of a duty without one, the day of the wish.
    pub due: NaiveDate,
}

/// What tells a task from that of the same number in another open plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// The plan's short name.
    pub plan: String,
    /// Whether the unit has a part in both.
    pub in_unit: bool,
}

impl Duty {
    /// `None` where nothing was said of it.
    pub fn heard(&self) -> Option<Heard> {
        let report = self.last_report.as_ref()?;
        let trouble = self.problems.last().map(|problem| problem.what.clone());
        Some(Heard { status: self.status, percent: self.percent, trouble, at: report.at })
    }

    /// `省公安厅`, `省公安厅（未绑定）`: who is not reached is not silent.
    pub fn unit_and_reach(&self) -> String {
        format!("{}{}", self.unit.name, self.reach.mark())
    }

    /// The recurring dates that the unit is still asked for: not once the whole is claimed.
    pub fn open_recurring(&self) -> impl Iterator<Item = &Recurring> {
        let asked = self.status.is_open() && self.status != Status::ClaimedDone;
        self.recurring.iter().filter(move |_| asked)
    }

    /// The recurring dates, each with how it stands.
    pub fn rounds(&self, at: Moment) -> impl Iterator<Item = (&Recurring, Round)> {
        self.recurring.iter().filter_map(move |one| Some((one, one.round(at.today, at.zone)?)))
    }

    /// The next date by which a period is to be reported on.
    pub fn next_round(&self, at: Moment) -> Option<NaiveDate> {
        let open = self.open_recurring().filter_map(|one| one.round(at.today, at.zone));
        open.filter(|round| round.met_on.is_none()).map(|round| round.present.due).min()
    }

    /// How it stands, in words: `已办结（本人核定）`.
    pub fn standing(&self) -> String {
        format!("{}{}", self.status.label(), if self.self_signed { "（本人核定）" } else { "" })
    }
}

/// Whether a milestone with this scope binds `unit`: without a scope everybody; with one, the lead units and the unit
/// of that place.
pub fn binds(scope: Option<&str>, role: Role, unit_name: &str, unit_place: Option<&str>) -> bool {
    match scope {
        None => true,
        Some(scope) => {
            let mut places = places(scope);
            role == Role::Lead || places.any(|place| unit_place == Some(place) || unit_name.starts_with(place))
        }
    }
}

/// The places that a scope names: 长沙市、株洲市和湘潭市 are three, 和平区 is one.
fn places(scope: &str) -> impl Iterator<Item = &str> {
    scope.split('、').flat_map(|part| {
        let joined =
            part.match_indices('和').find(|(at, _)| part[..*at].ends_with(['市', '州', '县', '区', '旗', '盟']));
        match joined {
            Some((at, and)) => vec![&part[..at], &part[at + and.len()..]],
            None => vec![part],
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_what_is_to_be_done() {
        let title = |text: &str| {
            TaskRef { id: TaskId(1), number: "1".into(), text: text.into(), others: String::new() }.short_title()
        };
        assert_eq!(title("建成审批系统，年底前上线。"), "建成审批系统");
        assert_eq!(title("按照上级部署，2019年6月底前，清理变相审批。"), "清理变相审批");
        assert_eq!(title("根据上级部署。"), "根据上级部署");
        assert_eq!(title(&"字".repeat(30)).chars().count(), 24);
    }

    #[test]
    fn a_scope_may_name_several_places() {
        let named = |scope: &'static str| places(scope).collect::<Vec<_>>();
        assert_eq!(named("长沙市、株洲市和湘潭市"), ["长沙市", "株洲市", "湘潭市"]);
        assert_eq!(named("和平区"), ["和平区"]);
        assert!(binds(Some("长沙市、株洲市"), Role::Responsible, "株洲市人民政府", None));
        assert!(!binds(Some("长沙市、株洲市"), Role::Responsible, "省公安厅", None));
    }
}
