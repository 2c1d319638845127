//! Which of a duty's dates words are about, and how the duty stands by its dates.

use chrono::{Datelike, NaiveDate};

use crate::office::duty::Duty;
use crate::office::ids::MilestoneId;
use crate::office::milestone;
use crate::office::milestone::{Milestone, MilestoneStatus};
use crate::office::status::Status;

/// Which dates of a duty words are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant<'a> {
    /// All that it has.
    Whole,
    One(&'a Milestone),
    /// One of these: only the speaker knows which.
    OneOf(Vec<&'a Milestone>),
    /// A date that it does not have.
    Unknown,
}

impl Duty {
    /// The dates by which the unit still has something to do.
    pub fn open_milestones(&self) -> impl Iterator<Item = &Milestone> {
        self.milestones.iter().filter(|milestone| self.status.is_open() && milestone.is_open())
    }

    pub fn milestone(&self, id: MilestoneId) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.id == id)
    }

    /// The earliest open milestone that lies before `today`, as long as the duty is open.
    pub fn overdue_since(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.open_milestones().map(|milestone| milestone.due).next().filter(|due| *due < today)
    }

    /// The next open milestone on or after `today`.
    pub fn next_milestone(&self, today: NaiveDate) -> Option<&Milestone> {
        self.open_milestones().find(|milestone| milestone.due >= today)
    }

    /// The first date that no coordinator has agreed to be done.
    pub fn first_undone(&self) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.stands != MilestoneStatus::Done)
    }

    /// Whether coordinators have agreed to all its other dates.
    pub fn is_last(&self, date: &Milestone) -> bool {
        self.milestones.iter().all(|other| other.id == date.id || other.done_at.is_some())
    }

    /// The milestone that a wish for more time is about where it names none: the one that is overdue, else the next.
    pub fn extendable(&self, today: NaiveDate) -> Option<&Milestone> {
        let undone = || self.milestones.iter().filter(|milestone| milestone.stands != MilestoneStatus::Done);
        undone().find(|milestone| milestone.due >= today || milestone.is_open())
    }

    /// What 已完成 claims. `named`: the dates that the answered message named. Said again while a claim waits, and before the
    /// next date is near, it is that claim again.
    pub fn claimed(&self, named: &[MilestoneId], today: NaiveDate) -> Meant<'_> {
        if self.status == Status::ClaimedDone {
            return Meant::Whole;
        }
        let with = |stands| self.milestones.iter().filter(move |milestone| milestone.stands == stands);
        let (open, waiting) = (|| with(MilestoneStatus::Open), || with(MilestoneStatus::ClaimedDone));
        let is_named = |milestone: &&Milestone| named.contains(&milestone.id);
        let named_open: Vec<&Milestone> = open().filter(is_named).collect();
        let is_near = open().next().is_none_or(|next| next.due <= today + milestone::NEAR);
        // Said again of a date that is signed off, it claims no other one.
        let named_done = || with(MilestoneStatus::Done).rfind(is_named);
        let again = waiting().find(is_named).or_else(named_done);
        let again = again.or_else(|| waiting().next_back().filter(|_| !is_near));
        let meant = match (named_open.as_slice(), again) {
            ([], Some(again)) => return Meant::One(again),
            ([], None) => open().next(),
            ([only], _) => Some(*only),
            _ => return Meant::OneOf(named_open),
        };
        match meant {
            Some(meant) if open().any(|other| other.id != meant.id && other.due >= meant.due) => Meant::One(meant),
            _ => Meant::Whole,
        }
    }

    /// What 6月底前的已完成 claims: with the last of its dates the whole duty.
    pub fn claimed_by_date(&self, on: NaiveDate, words: &str) -> Meant<'_> {
        let meant = self.dated(on, words);
        let Meant::One(one) = meant else { return meant };
        let is_left = |other: &Milestone| match other.stands {
            MilestoneStatus::Open => true,
            MilestoneStatus::ClaimedDone => self.status == Status::ClaimedDone,
            MilestoneStatus::Done => false,
        };
        let others = || self.milestones.iter().filter(|other| other.id != one.id);
        if one.stands != MilestoneStatus::Done && !others().any(is_left) { Meant::Whole } else { Meant::One(one) }
    }

    /// The milestone with this date, as printed or as it was put off to; what is undone comes before what is done. A date
    /// without a year lies ahead of the day on which it is said, but may mean the one that has passed.
    pub fn dated(&self, on: NaiveDate, words: &str) -> Meant<'_> {
        let with_year =
            words.contains(&format!("{}年", on.year())) || ["今年", "明年"].iter().any(|year| words.contains(year));
        let same_day = |day: NaiveDate| day == on || !with_year && (day.month(), day.day()) == (on.month(), on.day());
        let same_month = |day: NaiveDate| day.month() == on.month() && (!with_year || day.year() == on.year());
        let fits: [&dyn Fn(NaiveDate) -> bool; 2] = [&same_day, &same_month];
        for fits in fits {
            let found = self.milestones.iter().filter(|milestone| fits(milestone.due) || fits(milestone.first_due));
            let (done, undone): (Vec<_>, Vec<_>) =
                found.partition(|milestone| milestone.stands == MilestoneStatus::Done);
            let found = if undone.is_empty() { done } else { undone };
            let Some(first) = found.first().map(|milestone| milestone.due) else { continue };
            let found: Vec<_> = found.into_iter().filter(|milestone| with_year || milestone.due == first).collect();
            let placed: Vec<_> = found.iter().copied().filter(|milestone| milestone.is_placed_in(words)).collect();
            return match (placed.as_slice(), found.as_slice()) {
                ([only], _) | (_, [only]) => Meant::One(only),
                _ => Meant::OneOf(found),
            };
        }
        Meant::Unknown
    }

    /// Which milestone more time until `until` is for. `named`: the dates that the answered message named. Where the new date
    /// passes the one that follows, only the speaker knows which is meant.
    pub fn put_off(&self, until: NaiveDate, named: &[MilestoneId], today: NaiveDate) -> Meant<'_> {
        let open = || self.milestones.iter().filter(|milestone| milestone.is_open());
        let named_open: Vec<&Milestone> = open().filter(|milestone| named.contains(&milestone.id)).collect();
        let meant = match named_open.as_slice() {
            [] => self.extendable(today),
            [only] => Some(*only),
            _ => return Meant::OneOf(named_open),
        };
        let Some(meant) = meant else { return Meant::Unknown };
        let passed: Vec<&Milestone> = open().filter(|other| (meant.due..until).contains(&other.due)).collect();
        if passed.len() > 1 { Meant::OneOf(passed) } else { Meant::One(meant) }
    }
}
