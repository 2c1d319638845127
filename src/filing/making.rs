//! Makes the papers from what is held.

use std::io::{Cursor, Seek, Write};

use chrono::{DateTime, Utc};

use crate::filing::rows;
use crate::intent::paper::{Paper, Sheet};
use crate::office::ids::PlanId;
use crate::office::moment::Moment;
use crate::office::policy::Letterhead;
use crate::paper::workbook::LedgerWorkbook;
use crate::paper::{PaperError, board, bulletin, draft, meeting, page, timeline};
use crate::questions::sentences::as_of;
use crate::store::Tx;
use crate::{briefing, importing, inspections, roll, settings};

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum FilingError {
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    #[error(transparent)]
    Paper(#[from] PaperError),
}

/// A file as it is sent.
#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    pub caption: String,
    pub bytes: Vec<u8>,
    /// Shown in the chat instead of offered for download.
    pub is_picture: bool,
}

/// A paper as a file; `None` where a board has no such page any more.
pub async fn file(tx: &mut Tx, paper: Paper, page: usize, now: DateTime<Utc>) -> Result<Option<File>, FilingError> {
    let policy = settings::rows::policy::policy(tx).await?;
    let moment = Moment::of(now, &policy, &settings::rows::holidays::calendar(tx, &policy).await?);
    let (letterhead, plan) = (&policy.letterhead, paper.plan());
    let bytes = match paper {
        Paper::Workbook | Paper::OfPlan { sheet: Sheet::Workbook, .. } => {
            let mut file = Cursor::new(Vec::new());
            workbook(tx, moment, letterhead, plan, &mut file).await?;
            Some(file.into_inner())
        }
        Paper::Bulletin => Some(bulletin(tx, moment, letterhead, (None, None)).await?),
        Paper::BulletinOf { issue, .. } => Some(bulletin(tx, moment, letterhead, (plan, issue)).await?),
        Paper::Meeting => {
            let (contents, since) =
                (rows::contents(tx, moment, letterhead, None).await?, briefing::rows::since_last_briefing(tx).await?);
            Some(meeting::bytes(&contents, &since)?)
        }
        Paper::Draft(document) => match importing::rows::draft_of_document(tx, document).await? {
            Some(read) => Some(draft::bytes(&read)?),
            None => None,
        },
        Paper::Inspection { inspection, .. } => {
            let mut file = Cursor::new(Vec::new());
            let mut workbook = LedgerWorkbook::default();
            workbook.add_inspections(&inspections::rows::inspections_of(tx, &[inspection]).await?, moment)?;
            workbook.save(&mut file)?;
            Some(file.into_inner())
        }
        Paper::Board | Paper::OfPlan { sheet: Sheet::Board, .. } => {
            board::one_page(&rows::contents(tx, moment, letterhead, plan).await?, page).transpose()?
        }
        Paper::Timeline | Paper::OfPlan { sheet: Sheet::Timeline, .. } => {
            timeline::one_page(&rows::contents(tx, moment, letterhead, plan).await?, page).transpose()?
        }
    };
    let (title, extension) = match paper {
        Paper::Workbook | Paper::OfPlan { sheet: Sheet::Workbook, .. } => ("督办台账".to_owned(), "xlsx"),
        Paper::Bulletin | Paper::BulletinOf { issue: None, .. } => ("督查通报".to_owned(), "docx"),
        Paper::BulletinOf { issue: Some(issue), .. } => (format!("督查通报第{issue}期"), "docx"),
        Paper::Meeting => ("督办会议材料".to_owned(), "docx"),
        Paper::Board | Paper::OfPlan { sheet: Sheet::Board, .. } => ("督办看板".to_owned(), "png"),
        Paper::Timeline | Paper::OfPlan { sheet: Sheet::Timeline, .. } => ("时限时间轴".to_owned(), "png"),
        Paper::Draft(_) => ("导入预览".to_owned(), "xlsx"),
        Paper::Inspection { number, .. } => (format!("专项督查{number}答复情况"), "xlsx"),
    };
    let plan = match plan {
        Some(plan) => rows::plan_name(tx, plan).await?.map(|name| format!("《{name}》")).unwrap_or_default(),
        None => String::new(),
    };
    let name = format!("{plan}{title}{}.{extension}", moment.today);
    let caption = format!("{plan}{title}（截至{}）", as_of(moment));
    Ok(bytes.map(|bytes| File { name, caption, bytes, is_picture: extension == "png" }))
}

/// Writes the ledger workbook, .xlsx. Reminders and the ledger stand in it whole, also where one plan is named.
pub async fn workbook(
    tx: &mut Tx,
    moment: Moment,
    letterhead: &Letterhead,
    plan: Option<PlanId>,
    file: &mut (impl Write + Seek + Send),
) -> Result<(), FilingError> {
    let contents = rows::contents(tx, moment, letterhead, plan).await?;
    let mut workbook = LedgerWorkbook::of(&contents);
    let title = contents.plans.first().filter(|_| plan.is_some()).map(|plan| plan.title.clone());
    let wanted = |plan: &str| title.as_ref().is_none_or(|title| title == plan);
    workbook.add_standing(&contents)?;

    let mut sheet = workbook.problems()?;
    let mut last = 0;
    loop {
        let page = rows::problem_page(tx, last, moment.zone).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        page.iter().filter(|problem| wanted(&problem.plan)).try_for_each(|problem| sheet.add_problem(problem))?;
    }
    sheet.finish()?;

    workbook.add_practices(&contents)?;

    let mut sheet = workbook.reports()?;
    let mut last = 0;
    loop {
        let page = rows::report_page(tx, last, moment.zone).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        page.iter().filter(|report| wanted(&report.plan)).try_for_each(|report| sheet.add_report(report))?;
    }
    sheet.finish()?;

    let mut sheet = workbook.reminders()?;
    let mut last = 0;
    loop {
        let page = rows::reminder_page(tx, last, moment.zone).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        page.iter().try_for_each(|reminder| sheet.add_reminder(reminder))?;
    }
    sheet.finish()?;

    let names = roll::rows::naming::names(tx).await?;
    let mut sheet = workbook.ledger()?;
    let mut last = 0;
    loop {
        let page = rows::ledger_page(tx, last).await?;
        let Some(end) = page.last() else { break };
        last = end.seq;
        page.iter().try_for_each(|entry| sheet.add_entry(entry, &names, moment))?;
    }
    sheet.finish()?;
    Ok(workbook.save(file)?)
}

/// The bulletin of one plan, or of all, with its number, or else that of the one that comes next; .docx.
pub async fn bulletin(
    tx: &mut Tx,
    moment: Moment,
    letterhead: &Letterhead,
    (plan, issue): (Option<PlanId>, Option<u32>),
) -> Result<Vec<u8>, FilingError> {
    let contents = rows::contents(tx, moment, letterhead, plan).await?;
    let issue = match issue {
        Some(issue) => Some(issue),
        None => rows::issues::next_issue(tx, plan).await?,
    };
    Ok(bulletin::bytes(&contents, issue)?)
}

/// The board, a .png for each page.
pub async fn board(
    tx: &mut Tx,
    moment: Moment,
    letterhead: &Letterhead,
    plan: Option<PlanId>,
) -> Result<Vec<Vec<u8>>, FilingError> {
    Ok(board::pages(&rows::contents(tx, moment, letterhead, plan).await?)?)
}

/// The timeline, a .png for each page.
pub async fn timeline(
    tx: &mut Tx,
    moment: Moment,
    letterhead: &Letterhead,
    plan: Option<PlanId>,
) -> Result<Vec<Vec<u8>>, FilingError> {
    Ok(timeline::pages(&rows::contents(tx, moment, letterhead, plan).await?)?)
}

/// The board as a page, HTML.
pub async fn board_page(tx: &mut Tx) -> Result<String, FilingError> {
    let policy = settings::rows::policy::policy(tx).await?;
    let moment = settings::rows::moment(tx).await?;
    Ok(page::html(&rows::contents(tx, moment, &policy.letterhead, None).await?))
}
