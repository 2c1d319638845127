//! Who is asked for progress in the days of a window.

use crate::office::duty::Duty;
use crate::office::policy::Policy;
use crate::office::progress_call::Scope;
use crate::reminding::slot;
use crate::reminding::slot::Window;
use crate::schedule::calendar::Calendar;
use crate::schedule::cron::Cron;

/// Who is asked for progress in the days of a window.
pub struct Asked<'a> {
    others: bool,
    exceptions: Vec<(&'a Scope, bool)>,
}

impl<'a> Asked<'a> {
    pub fn within(window: Window, policy: &'a Policy, calendar: &Calendar) -> Self {
        let days = window.after.iter_days().skip(1).take_while(|day| *day <= window.slot.day);
        let worked: Vec<_> = days.filter(|day| calendar.is_working_day(*day)).collect();
        let falls = |line: &Cron| worked.iter().any(|day| slot::named_by(line, calendar, *day).is_some());
        Asked {
            others: falls(&policy.progress_call),
            exceptions: policy.progress_call_of.iter().map(|(scope, line)| (scope, falls(line))).collect(),
        }
    }

    pub fn asks_anybody(&self) -> bool {
        self.others || self.exceptions.iter().any(|(_, asked)| *asked)
    }

    pub fn asks(&self, duty: &Duty) -> bool {
        let exception = self.exceptions.iter().find(|(scope, _)| covers(scope, duty));
        exception.map_or(self.others, |(_, asked)| *asked)
    }
}

fn covers(scope: &Scope, duty: &Duty) -> bool {
    match scope {
        Scope::Unit(name) => duty.unit.name == *name,
        Scope::Plan(plan) => duty.plan_id == *plan,
    }
}
