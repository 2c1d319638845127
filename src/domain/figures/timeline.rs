//! 时间轴: every date of the plans, and how the units that it binds stand.

use chrono::NaiveDate;

use super::{Figures, grouped};
use crate::domain::duty::{Duty, Milestone, Status};
use crate::domain::light::{Light, NEAR_DAYS};

/// A milestone with all the duties that it binds: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<'a> {
    pub milestone: &'a Milestone,
    pub duties: Vec<&'a Duty>,
    pub light: Light,
}

impl<'a> Figures<'a> {
    /// By date, then in the order of the plans. A date that was put off for some units stands once for each day.
    pub fn timeline(&self) -> Vec<Dated<'a>> {
        let today = self.totals.at.today;
        let duties = self.tasks.iter().flat_map(|task| task.duties.iter().copied());
        let bound: Vec<(&Milestone, &Duty)> =
            duties.flat_map(|duty| duty.milestones.iter().map(move |milestone| (milestone, duty))).collect();
        let mut dates: Vec<Dated<'_>> = grouped(&bound, |(milestone, _)| (milestone.id, milestone.due))
            .into_iter()
            .map(|((_, due), bound)| {
                let duties: Vec<&Duty> = bound.iter().map(|(_, duty)| *duty).collect();
                Dated { milestone: bound[0].0, light: light(due, &duties, today), duties }
            })
            .collect();
        dates.sort_by_key(|dated| dated.milestone.due);
        dates
    }
}

impl Dated<'_> {
    /// How many of its duties a coordinator agreed to be done.
    fn done(&self) -> usize {
        self.duties.iter().filter(|duty| duty.status == Status::Done).count()
    }

    /// How it stands, in a word.
    pub fn standing(&self, today: NaiveDate) -> String {
        let left = (self.milestone.due - today).num_days();
        match self.light {
            Light::Done => Status::Done.label().to_owned(),
            Light::Red => format!("逾期{}天", -left),
            _ if left == 0 => "今天到期".to_owned(),
            _ if left > 0 => format!("还有{left}天"),
            // Passed, and nobody has anything left to do.
            _ if self.duties.iter().all(|duty| duty.status == Status::Suspended) => {
                Status::Suspended.label().to_owned()
            }
            _ => "待核定".to_owned(),
        }
    }

    /// `省公安厅`, `省公安厅等5个单位，已办结2个`, with the place that the date is for.
    pub fn units(&self) -> String {
        let first = self.duties.first().map_or("", |duty| duty.unit.name.as_str());
        let place = self.milestone.scope.as_deref().map(|scope| format!("（{scope}）")).unwrap_or_default();
        match self.duties.len() {
            0 | 1 => format!("{first}{place}"),
            several => format!("{first}等{several}个单位，已办结{}个{place}", self.done()),
        }
    }
}

fn light(due: NaiveDate, duties: &[&Duty], today: NaiveDate) -> Light {
    let open = duties.iter().any(|duty| duty.status.is_open());
    match () {
        () if duties.iter().all(|duty| duty.status == Status::Done) => Light::Done,
        () if open && due < today => Light::Red,
        () if open && (due - today).num_days() <= NEAR_DAYS => Light::Yellow,
        () => Light::Green,
    }
}
