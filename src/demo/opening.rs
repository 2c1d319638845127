//! When a plan is opened: on a working day on which there is something to see.

use anyhow::Result;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use sha2::{Digest, Sha256};

use crate::demo::scene::Script;
use crate::importing;
use crate::office::duty::Duty;
use crate::office::policy::Policy;
use crate::office::rows::{self, Which};
use crate::reminding::rehearsal::{Planned, rehearse};
use crate::schedule::calendar::Calendar;
use crate::schedule::reach::reaches;
use crate::store::Store;

/// When the demo of our own plan opens: a Thursday on which several deadlines are three days off.
const OURS: &str = "2019-06-27T09:00:00+08:00";
/// How long before its first date an office's own plan is shown.
const BEFORE_FIRST_DATE: Days = Days::new(3);
/// Within so many days a digest is sought that reminds of it.
const SOUGHT: Days = Days::new(60);
const AT: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("a constant");

/// Of an office's own plan: with the first digest from three days before its first date on; where no date can be resolved,
/// the working day after its issue. A document without either opens today.
pub(super) async fn opening(store: &Store, script: &Script, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    if !script.own {
        return Ok(OURS.parse()?);
    }
    let (policy, calendar) = (Policy::default(), Calendar::china());
    let today = now.with_timezone(&policy.timezone).date_naive();
    let first = first_date(script);
    let day = calendar.working_day_on_or_after(first_day(script, first, today));
    let at = day.and_time(AT).and_local_timezone(policy.timezone).earliest().map_or(now, |at| at.to_utc());
    if first.is_none() {
        return Ok(at);
    }
    // It is dropped with what was imported: only the rehearsal is wanted.
    let mut tx = store.begin(at).await?;
    importing::rows::plans::import(&mut tx, &script.draft, &Sha256::digest(&script.bytes), &script.name, None).await?;
    let duties = rows::duties(&mut tx, Which::All).await?;
    let planned = rehearse(&duties, &[], (day, day + SOUGHT), &policy, &calendar, |_| true);
    let digest = planned.iter().find(|message| !message.items.is_empty());
    Ok(digest.and_then(instant).unwrap_or(at))
}

/// The units that are reminded within the day of that instant.
pub(super) fn reminded_on(duties: &[Duty], at: DateTime<Utc>) -> Vec<String> {
    let (policy, calendar) = (Policy::default(), Calendar::china());
    let day = at.with_timezone(&policy.timezone).date_naive();
    let planned = rehearse(duties, &[], (day, day), &policy, &calendar, |_| true);
    planned.into_iter().filter(|message| !message.items.is_empty()).map(|message| message.unit).collect()
}

fn instant(message: &Planned) -> Option<DateTime<Utc>> {
    message.at.parse().ok()
}

/// The first date of the plan that lies after its issue.
fn first_date(script: &Script) -> Option<NaiveDate> {
    let dates = script.draft.tasks.iter().flat_map(|task| &task.milestones).filter_map(|date| date.due);
    let ahead = dates.filter(|due| script.draft.issued_on.is_none_or(|issued| issued < *due));
    ahead.filter(|due| reaches(*due)).min()
}

fn first_day(script: &Script, first: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let issued = script.draft.issued_on.and_then(|day| day.checked_add_days(Days::new(1)));
    let before = first.and_then(|day| day.checked_sub_days(BEFORE_FIRST_DATE));
    issued.max(before).filter(|day| reaches(*day)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn opens(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = Store::settle(&format!("sqlite://{}", folder.path().join("d.db").display())).await.unwrap();
        let store = Store::connect(&path).await.unwrap();
        let script = Script::of("方案.txt".into(), text.as_bytes().to_vec()).unwrap();
        let at = opening(&store, &script, "2026-06-10T00:00:00Z".parse().unwrap()).await.unwrap();
        at.with_timezone(&Policy::default().timezone).to_rfc3339()
    }

    fn plan(issued: &str, by_when: &str) -> String {
        format!(
            "测试工作方案\n各有关单位：\n{issued}\n一、任务分工\n（一）办好实事。\n1.{by_when}建成平台。（市教育局负责）\n2.{by_when}办好窗口。（市民政局负责）\n"
        )
    }

    #[tokio::test]
    async fn a_plan_opens_on_a_working_day_with_a_digest() {
        // Three days before 30 June 2026 is a Saturday; the next digest is on Monday the 29th, a day before.
        assert_eq!(opens(&plan("2026年3月2日", "2026年6月30日前，")).await, "2026-06-29T09:00:00+08:00");
        // A Friday evening's issue without dates is shown on Monday.
        assert_eq!(opens(&plan("2026年3月6日", "")).await, "2026-03-09T09:00:00+08:00");
    }
}
