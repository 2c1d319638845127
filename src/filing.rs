//! Makes the papers from what is held.

use std::io::{Seek, Write};

use crate::domain::moment::Moment;
use crate::paper::workbook::LedgerWorkbook;
use crate::paper::{PaperError, board, bulletin};
use crate::store::Tx;

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum FilingError {
    #[error(transparent)]
    Store(#[from] crate::store::Error),
    #[error(transparent)]
    Paper(#[from] PaperError),
}

/// Writes the ledger workbook, .xlsx.
pub async fn workbook(
    tx: &mut Tx,
    moment: Moment,
    ranking: bool,
    file: &mut (impl Write + Seek + Send),
) -> Result<(), FilingError> {
    let mut workbook = LedgerWorkbook::default();
    workbook.add_standing(&tx.contents(moment, ranking).await?)?;

    let mut sheet = workbook.reports()?;
    let mut last = 0;
    loop {
        let page = tx.report_page(last, moment.zone).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        page.iter().try_for_each(|report| sheet.add_report(report))?;
    }
    sheet.finish()?;

    let mut sheet = workbook.reminders()?;
    let mut last = 0;
    loop {
        let page = tx.reminder_page(last, moment.zone).await?;
        let Some(end) = page.last() else { break };
        last = end.id;
        page.iter().try_for_each(|reminder| sheet.add_reminder(reminder))?;
    }
    sheet.finish()?;

    let mut sheet = workbook.ledger()?;
    let mut last = 0;
    loop {
        let page = tx.ledger_page(last).await?;
        let Some(end) = page.last() else { break };
        last = end.seq;
        page.iter().try_for_each(|entry| sheet.add_entry(entry))?;
    }
    sheet.finish()?;
    Ok(workbook.save(file)?)
}

/// The bulletin, .docx.
pub async fn bulletin(tx: &mut Tx, moment: Moment, ranking: bool) -> Result<Vec<u8>, FilingError> {
    Ok(bulletin::bytes(&tx.contents(moment, ranking).await?)?)
}

/// The board, a .png for each page.
pub async fn board(tx: &mut Tx, moment: Moment, ranking: bool) -> Result<Vec<Vec<u8>>, FilingError> {
    Ok(board::pages(&tx.contents(moment, ranking).await?)?)
}
