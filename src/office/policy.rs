//! The office's settings: keys, defaults and what values they take.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::chat::text;
use crate::office::keeping::Keeping;
use crate::office::mention::Mention;
use crate::office::progress_call;
use crate::office::progress_call::Scope;
use crate::schedule::calendar::Weekend;
use crate::schedule::cron::Cron;

/// How much of what somebody typed is quoted in a refusal, in characters.
const LONGEST_QUOTE: usize = 120;

/// What is counted in days is counted for no more than a year.
const MOST_DAYS: u32 = 366;

/// What a bulletin asks of its readers, a paragraph a line.
const REQUIREMENTS: &str = "压实工作责任。各牵头单位要切实履行牵头抓总责任，会同各责任单位对照时限倒排工期，确保各项任务按期完成。\n\
    加快工作进度。逾期和受阻任务的责任单位要查明原因，提出整改措施和完成时限，尽快取得实质性进展。\n\
    如实反馈情况。各单位要按时反馈进展、问题和佐证材料，尚未反馈的请于收到本通报后尽快补报。";
/// How long the office's name and what its bulletins always say may be, in characters.
const LONGEST_NAME: usize = 60;
const LONGEST_PARAGRAPHS: usize = 3_000;

/// Every setting with its default, in the order in which they are shown.
pub const DEFAULTS: [(&str, &str, &str); 17] = [
    ("timezone", "Asia/Shanghai", "办公所在时区"),
    ("digest", "0 9 * * *", "每日提醒的发出时间（工作日）"),
    ("ladder", "30,14,7,3,1,0,-1,-3,-7", "到期前（负数为到期后）几天提醒"),
    ("progress_call", "0 9 25 * *", "对近期无时限任务的进展收集时间"),
    ("briefing", "0 17 * * 5", "督办员周报的发出时间"),
    ("sending_hours", "08:00-20:00", "可主动发消息的时段"),
    ("escalate_after", "3", "逾期几个工作日无反馈即告知牵头单位和督办员"),
    ("weekend", "6,7", "每周的休息日（周一为1，周日为7）"),
    ("catch_up", "72h", "错过的提醒在多久之内补发"),
    ("mention", "due", "提醒在何时点名提示联络员（due 临期、到期和逾期时，always 每次，never 从不）"),
    ("confirm", "doubtful", "哪些反馈先由联络员点选确认（doubtful 有疑问的，completions 办结也要，all 全部）"),
    ("office", "", "办公室名称，用于消息、看板和通报的落款"),
    ("recipients", "各有关单位", "通报的主送机关"),
    ("requirements", REQUIREMENTS, "通报的“下一步要求”（一行一段）"),
    ("ranking", "off", "通报是否排名（on 或 off）"),
    (
        "evidence",
        "hash",
        "佐证附件：reference 只记来源，hash 记校验值入台账，keep 20MB 并留存不超过此大小的（keep 20MB 2GB：合计不超过2GB）",
    ),
    ("backups", "7", "每天自动备份，保留几份（0 为不备份）"),
];

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Policy {
    pub timezone: Tz,
    pub digest: Cron,
    /// Days before the due date, longest first; negative after it.
    pub ladder: Vec<i64>,
    pub progress_call: Cron,
    /// For whom another line holds in its place; who comes first counts.
    pub progress_call_of: BTreeMap<Scope, Cron>,
    pub briefing: Cron,
    pub sending_hours: Hours,
    /// In working days.
    pub escalate_after: u32,
    /// What is off beside the holidays.
    pub weekend: Weekend,
    pub catch_up: TimeDelta,
    pub mention: Mention,
    pub confirm: Confirm,
    pub letterhead: Letterhead,
    /// What is done about the files of reports.
    pub evidence: Keeping,
    /// How many daily backups are kept; none are made where it is 0.
    pub backups: u32,
}

/// Which readings a contact confirms by a button before they count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirm {
    /// Those that are asked about anyway.
    #[default]
    Doubtful,
    /// Those that claim completion as well.
    Completions,
    All,
}

/// What the office's messages and papers say of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Signs messages and papers; `None` where the office has not given it.
    pub office: Option<String>,
    /// 主送机关
    pub recipients: String,
    /// 下一步要求, a paragraph each.
    pub requirements: Vec<String>,
    /// Whether a bulletin ranks the units.
    pub ranking: bool,
}

/// A span of the day; both ends are local times, the second is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

impl Hours {
    pub fn contain(&self, time: NaiveTime) -> bool {
        self.from <= time && time < self.to
    }
}

/// A time at which nothing may go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outside {
    /// The setting that has it.
    pub key: &'static str,
    pub time: NaiveTime,
    pub hours: Hours,
}

/// A setting that is refused, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PolicyError(String);

impl Default for Policy {
    fn default() -> Self {
        Policy::from_settings(&BTreeMap::new()).expect("the defaults are checked by a test")
    }
}

impl Policy {
    /// Every line by which progress is asked for.
    pub fn progress_calls(&self) -> impl Iterator<Item = &Cron> {
        std::iter::once(&self.progress_call).chain(self.progress_call_of.values())
    }

    /// What goes out by a time outside the sending hours, which then is their beginning: the setting, and that time.
    pub fn outside_sending_hours(&self) -> Vec<Outside> {
        let lines = [("digest", &self.digest), ("briefing", &self.briefing)];
        let first = lines.into_iter().filter_map(|(key, line)| Some((key, line.first_of_day()?)));
        let outside = first.filter(|(_, time)| !self.sending_hours.contain(*time));
        outside.map(|(key, time)| Outside { key, time, hours: self.sending_hours }).collect()
    }

    /// The defaults with `settings` over them. Refuses an unknown key and a value that does not fit its key.
    pub fn from_settings(settings: &BTreeMap<String, String>) -> Result<Self, PolicyError> {
        if let Some(unknown) = settings.keys().find(|key| !is_key(key) && Scope::of_key(key).is_none()) {
            return Err(unknown_key(unknown));
        }
        let exceptions = settings.iter().filter_map(|(key, line)| {
            let value = Value { key: progress_call::KEY, text: line.trim() };
            Scope::of_key(key).map(|scope| value.cron().map(|line| (scope, line)))
        });
        let value = |key: &'static str| Value {
            key,
            text: settings.get(key).map_or_else(|| default_of(key), String::as_str).trim(),
        };
        Ok(Policy {
            timezone: value("timezone").parsed("应为时区名，例如 Asia/Shanghai")?,
            digest: value("digest").cron()?,
            ladder: value("ladder").ladder()?,
            progress_call: value(progress_call::KEY).cron()?,
            progress_call_of: exceptions.collect::<Result<_, _>>()?,
            briefing: value("briefing").cron()?,
            sending_hours: value("sending_hours").hours()?,
            escalate_after: value("escalate_after").number(MOST_DAYS, "应为工作日数，例如 3")?,
            weekend: value("weekend").weekend()?,
            catch_up: value("catch_up").span()?,
            mention: value("mention").mention()?,
            confirm: value("confirm").confirm()?,
            letterhead: Letterhead {
                office: Some(value("office").line()?).filter(|name| !name.is_empty()),
                recipients: value("recipients").line()?,
                requirements: value("requirements").paragraphs()?,
                ranking: value("ranking").switch()?,
            },
            evidence: value("evidence").keeping()?,
            backups: value("backups").number(MOST_DAYS, "应为份数，例如 7；0 为不备份")?,
        })
    }
}

/// Whether `key` is a setting.
pub fn is_key(key: &str) -> bool {
    DEFAULTS.iter().any(|(known, _, _)| *known == key)
}

/// The refusal of a key that is none, with the keys there are.
pub fn unknown_key(key: &str) -> PolicyError {
    let keys: Vec<_> = DEFAULTS.iter().map(|(known, _, _)| *known).collect();
    PolicyError(format!("没有“{}”这项设置；可用的有：{}", text::cut(key, LONGEST_QUOTE), keys.join("、")))
}

fn default_of(key: &str) -> &'static str {
    DEFAULTS.iter().find(|(known, _, _)| *known == key).map_or("", |(_, value, _)| value)
}

struct Value<'a> {
    key: &'static str,
    text: &'a str,
}

impl Value<'_> {
    fn refuse(&self, remedy: impl fmt::Display) -> PolicyError {
        let remedy = text::cut(&remedy.to_string(), 2 * LONGEST_QUOTE);
        PolicyError(format!("设置 {} 不能是“{}”：{remedy}", self.key, text::cut(self.text, LONGEST_QUOTE)))
    }

    fn parsed<T: std::str::FromStr>(&self, remedy: &str) -> Result<T, PolicyError> {
        self.text.parse().map_err(|_| self.refuse(remedy))
    }

    fn cron(&self) -> Result<Cron, PolicyError> {
        self.text.parse().map_err(|error| self.refuse(error))
    }

    fn ladder(&self) -> Result<Vec<i64>, PolicyError> {
        let refuse = || self.refuse("应为以逗号分隔、由大到小的天数，例如 30,14,7,3,1,0,-1,-3,-7");
        let steps: Vec<i64> = self
            .text
            .split([',', '，'])
            .map(|step| step.trim().parse().ok().filter(|days| (-366..=366).contains(days)))
            .collect::<Option<_>>()
            .ok_or_else(refuse)?;
        if steps.is_sorted_by(|earlier, later| earlier > later) { Ok(steps) } else { Err(refuse()) }
    }

    fn hours(&self) -> Result<Hours, PolicyError> {
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let span = self.text.split_once('-').and_then(|(from, to)| Some(Hours { from: time(from)?, to: time(to)? }));
        span.filter(|hours| hours.from < hours.to).ok_or_else(|| self.refuse("应为起止时间，例如 08:00-20:00"))
    }

    fn span(&self) -> Result<TimeDelta, PolicyError> {
        let hours = match (self.text.strip_suffix('h'), self.text.strip_suffix('d')) {
            (Some(hours), _) => hours.parse().ok(),
            (_, Some(days)) => days.parse().ok().and_then(|days: i64| days.checked_mul(24)),
            _ => None,
        };
        hours
            .filter(|hours| (0..=366 * 24).contains(hours))
            .map(TimeDelta::hours)
            .ok_or_else(|| self.refuse("应为小时或天数，例如 72h 或 3d"))
    }

    fn number(&self, most: u32, remedy: &str) -> Result<u32, PolicyError> {
        let number = self.text.parse().ok().filter(|number| *number <= most);
        number.ok_or_else(|| self.refuse(format!("{remedy}，至多 {most}")))
    }

    fn weekend(&self) -> Result<Weekend, PolicyError> {
        Weekend::read(self.text).ok_or_else(|| self.refuse("应为1（周一）至7（周日）的数字，以逗号分隔，例如 6,7"))
    }

    fn mention(&self) -> Result<Mention, PolicyError> {
        match self.text {
            "due" => Ok(Mention::Due),
            "always" => Ok(Mention::Always),
            "never" => Ok(Mention::Never),
            _ => Err(self.refuse("应为 due（临期、到期和逾期时）、always（每次）或 never（从不）")),
        }
    }

    fn confirm(&self) -> Result<Confirm, PolicyError> {
        match self.text {
            "doubtful" => Ok(Confirm::Doubtful),
            "completions" => Ok(Confirm::Completions),
            "all" => Ok(Confirm::All),
            _ => Err(self.refuse("应为 doubtful（有疑问的）、completions（办结也要）或 all（全部）")),
        }
    }

    fn keeping(&self) -> Result<Keeping, PolicyError> {
        let remedy = "应为 reference、hash 或 keep，keep 后可写每件和合计的上限，例如 keep 20MB 2GB";
        Keeping::read(self.text).ok_or_else(|| self.refuse(remedy))
    }

    fn line(&self) -> Result<String, PolicyError> {
        let fits = self.text.chars().count() <= LONGEST_NAME && !self.text.contains(char::is_control);
        let line = fits.then(|| self.text.to_owned());
        line.ok_or_else(|| self.refuse(format!("应为一行，至多 {LONGEST_NAME} 个字")))
    }

    fn paragraphs(&self) -> Result<Vec<String>, PolicyError> {
        let paragraphs = self.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let fits = self.text.chars().count() <= LONGEST_PARAGRAPHS;
        fits.then(|| paragraphs.collect())
            .ok_or_else(|| self.refuse(format!("应为一行一段，至多 {LONGEST_PARAGRAPHS} 个字")))
    }

    fn switch(&self) -> Result<bool, PolicyError> {
        match self.text {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err(self.refuse("应为 on 或 off")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(key: &str, value: &str) -> Result<Policy, String> {
        Policy::from_settings(&BTreeMap::from([(key.to_owned(), value.to_owned())])).map_err(|error| error.to_string())
    }

    #[test]
    fn the_defaults_are_those_of_the_contract() {
        let policy = Policy::default();
        assert_eq!(policy.ladder, [30, 14, 7, 3, 1, 0, -1, -3, -7]);
        assert_eq!(policy.catch_up, TimeDelta::hours(72));
        assert_eq!(policy.digest.to_string(), "0 9 * * *");
        assert!(!policy.letterhead.ranking && policy.letterhead.office.is_none());
        assert_eq!(policy.letterhead.requirements.len(), 3);
    }

    #[test]
    fn a_wrong_setting_says_what_would_be_right() {
        insta::assert_snapshot!(with("colour", "red").unwrap_err(), @"没有“colour”这项设置；可用的有：timezone、digest、ladder、progress_call、briefing、sending_hours、escalate_after、weekend、catch_up、mention、confirm、office、recipients、requirements、ranking、evidence、backups");
        insta::assert_snapshot!(with("ladder", "1,3").unwrap_err(), @"设置 ladder 不能是“1,3”：应为以逗号分隔、由大到小的天数，例如 30,14,7,3,1,0,-1,-3,-7");
        insta::assert_snapshot!(with("sending_hours", "20:00-08:00").unwrap_err(), @"设置 sending_hours 不能是“20:00-08:00”：应为起止时间，例如 08:00-20:00");
        insta::assert_snapshot!(with("catch_up", "3").unwrap_err(), @"设置 catch_up 不能是“3”：应为小时或天数，例如 72h 或 3d");
        insta::assert_snapshot!(with("confirm", "always").unwrap_err(), @"设置 confirm 不能是“always”：应为 doubtful（有疑问的）、completions（办结也要）或 all（全部）");
        insta::assert_snapshot!(with("mention", "on").unwrap_err(), @"设置 mention 不能是“on”：应为 due（临期、到期和逾期时）、always（每次）或 never（从不）");
        assert_eq!(with("confirm", "completions").unwrap().confirm, Confirm::Completions);
        assert_eq!(with("catch_up", "3d").unwrap().catch_up, TimeDelta::hours(72));
    }
}
