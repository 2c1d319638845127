//! 时间轴: every date of the plans, and how the units that it binds stand.

use chrono::NaiveDate;

use crate::office::duty::Duty;
use crate::office::figures::{Figures, grouped};
use crate::office::light::{Light, NEAR_DAYS};
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::status::Status;
use crate::reporting::unconfirmed::is_unheard;

/// A milestone with all the duties that it binds: at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<'a> {
    pub milestone: &'a Milestone,
    pub duties: Vec<&'a Duty>,
    /// How the date stands for each of them.
    stand: Vec<Stand>,
    pub light: Light,
}

/// How a date stands for one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Open,
    /// It waits for a coordinator's word, or the duty is suspended.
    Idle,
    Done,
}

fn stand(milestone: &Milestone, duty: &Duty) -> Stand {
    match milestone.stands {
        MilestoneStatus::Done => Stand::Done,
        MilestoneStatus::Open if duty.status.is_open() => Stand::Open,
        MilestoneStatus::Open | MilestoneStatus::ClaimedDone => Stand::Idle,
    }
}

impl<'a> Figures<'a> {
    /// By date, then in the order of the plans. A date that was put off for some units stands once for each day.
    pub fn timeline(&self) -> Vec<Dated<'a>> {
        let today = self.totals.at.today;
        let duties = self.duties();
        let bound: Vec<(&Milestone, &Duty)> =
            duties.flat_map(|duty| duty.milestones.iter().map(move |milestone| (milestone, duty))).collect();
        let mut dates: Vec<Dated<'_>> = grouped(&bound, |(milestone, _)| (milestone.id, milestone.due))
            .into_iter()
            .map(|((_, due), bound)| {
                let duties: Vec<&Duty> = bound.iter().map(|(_, duty)| *duty).collect();
                let stand: Vec<Stand> = bound.iter().map(|(milestone, duty)| stand(milestone, duty)).collect();
                Dated { milestone: bound[0].0, light: light(due, &stand, &duties, today), stand, duties }
            })
            .collect();
        dates.sort_by_key(|dated| dated.milestone.due);
        dates
    }
}

impl Dated<'_> {
    /// How many of its duties a coordinator agreed to be done.
    fn done(&self) -> usize {
        self.stand.iter().filter(|stand| **stand == Stand::Done).count()
    }

    /// How it stands, in a word.
    pub fn standing(&self, today: NaiveDate) -> String {
        let left = (self.milestone.due - today).num_days();
        match self.light {
            Light::Done => Status::Done.label().to_owned(),
            Light::Suspended => Status::Suspended.label().to_owned(),
            Light::Red => format!("逾期{}天", -left),
            _ if left == 0 => "今天到期".to_owned(),
            _ if left > 0 => format!("还有{left}天"),
            // Passed, and nobody has anything left to do.
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

fn light(due: NaiveDate, stand: &[Stand], duties: &[&Duty], today: NaiveDate) -> Light {
    let open = stand.contains(&Stand::Open);
    if stand.iter().all(|stand| *stand == Stand::Done) {
        Light::Done
    } else if open && due < today {
        Light::Red
    } else if open && (due - today).num_days() <= NEAR_DAYS {
        Light::Yellow
    } else if duties.iter().all(|duty| duty.status == Status::Suspended) {
        Light::Suspended
    } else if duties.iter().all(|duty| duty.status == Status::Suspended || is_unheard(duty)) {
        Light::Grey
    } else {
        Light::Green
    }
}
