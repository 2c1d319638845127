//! What waits for a coordinator's word.

use crate::office::duty::{Duty, Transfer};
use crate::office::figures::Figures;

impl<'a> Figures<'a> {
    /// Parts of which their units say that they are others', the oldest first.
    pub fn transfers(&self) -> Vec<(&'a Transfer, &'a Duty)> {
        let duties = self.duties();
        let mut said: Vec<_> = duties.filter_map(|duty| Some((duty.waiting.transfer.as_ref()?, duty))).collect();
        said.sort_by_key(|(transfer, _)| transfer.asked.at);
        said
    }

    /// How much waits: 办结、延期、中止 and 转办退回.
    pub fn waiting(&self) -> usize {
        self.petitions.len() + self.transfers().len()
    }
}
