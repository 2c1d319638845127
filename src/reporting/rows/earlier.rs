//! What a message reported before its edit or its withdrawal.

use chrono::NaiveDate;

use crate::office::ids::{ChatId, DutyId, MilestoneId};
use crate::office::rows::milestones;
use crate::office::standing::stands_after;
use crate::problems;
use crate::reporting::{EarlierReport, Kept};
use crate::review::Petition;
use crate::store::{Result, Tx};
use crate::understanding::Aside;

/// What was recorded or kept of a message.
pub async fn kept(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Kept> {
    let kept = sqlx::query_as!(
        Kept,
        r#"select exists (select 1 from report where chat_id = ?1 and message_id = ?2) as "reported!: bool",
               exists (select 1 from question where chat_id = ?1 and message_id = ?2) as "waits!: bool",
               exists (select 1 from inspection_answer where chat_id = ?1 and message_id = ?2) as "answered!: bool""#,
        chat.0,
        message_id
    );
    Ok(kept.fetch_one(tx.connection()).await?)
}

/// The reports of a message in their newest versions, withdrawn ones included.
pub async fn reports_of_message(tx: &mut Tx, chat: ChatId, message_id: i64) -> Result<Vec<EarlierReport>> {
    let reports = sqlx::query!(
        r#"select report.id, report.duty_id, report.message_id, coalesce(version.whole, version.text) as "text!: String", version.problems, version.aside, version.milestone_id as "claims?: i64",
               withdrawn_at is not null as "withdrawn!: bool",
               exists (select 1 from decision where decision.duty_id = report.duty_id
                   and decision.noted_after > report.noted_after) as "ruled!: bool",
               exists (select 1 from decision where decision.duty_id = report.duty_id
                   and decision.noted_after > report.noted_after
                   and kind in ('accepted', 'returned', 'reopened')
                   and (decision.milestone_id is null or decision.milestone_id = version.milestone_id)) as "claim_answered!: bool",
               extension.state as "more_time?", extension.milestone_id as "puts_off?: i64", extension.due as "due?: NaiveDate", wish.state as "suspension?"
           from report join report_version version on version.report_id = report.id
           left join extension on extension.chat_id = report.chat_id and extension.message_id = report.message_id
               and extension.duty_id = report.duty_id
           left join suspension_wish wish on wish.chat_id = report.chat_id and wish.message_id = report.message_id
               and wish.duty_id = report.duty_id
           where report.chat_id = ? and report.message_id = ?
             and version.version = (select max(version) from report_version where report_id = report.id)
           order by report.id"#,
        chat.0,
        message_id
    );
    let reports = reports.fetch_all(tx.connection()).await?;
    let mut earlier = Vec::with_capacity(reports.len());
    for report in reports {
        let duty = DutyId(report.duty_id);
        let claims = report.claims.map(MilestoneId);
        let is_answered = |state: Option<&str>| matches!(state, Some("granted" | "refused"));
        let answered = [
            (Petition::Claim(claims), report.claim_answered),
            (Petition::MoreTime(report.puts_off.map(MilestoneId)), is_answered(report.more_time.as_deref())),
            (Petition::Suspension, is_answered(report.suspension.as_deref())),
        ];
        let without = stands_after(&milestones::happenings_without(tx, duty, Some(report.id)).await?);
        earlier.push(EarlierReport {
            duty,
            message_id: report.message_id,
            problems: serde_json::from_str(&report.problems)?,
            alone_raises: problems::rows::raised_alone_by(tx, duty, report.id).await?,
            text: report.text,
            aside: report.aside.as_deref().and_then(Aside::from_key),
            withdrawn: report.withdrawn,
            ruled: report.ruled,
            answered: answered.into_iter().filter(|(_, is)| *is).map(|(petition, _)| petition).collect(),
            granted: report.due.filter(|_| report.more_time.as_deref() == Some("granted")),
            claims,
            without: (without.status, without.percent),
        });
    }
    Ok(earlier)
}
