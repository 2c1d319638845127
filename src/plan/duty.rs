//! 责任: who answers for a task.

use std::collections::HashSet;
use std::hash::Hash;

use crate::office::plan::Mode;
use crate::plan::label::Label;
use crate::plan::persons::OfPerson;
use crate::plan::units::Name;

/// Who answers for a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    pub leads: Vec<String>,
    /// In the order of the document, with what tells whether a name is a collective.
    pub responsible: Vec<(String, bool)>,
    pub supporting: Vec<String>,
    pub collectives: Vec<String>,
    /// 按职责分工
    pub by_duty: bool,
    /// A collective leads.
    led_by_many: bool,
    /// Whoever leads is named as 主办.
    hosted: bool,
}

impl Duties {
    /// The single units that it names.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let responsible = self.responsible.iter().filter(|(_, collective)| !collective).map(|(name, _)| name);
        self.leads.iter().chain(responsible).chain(&self.supporting).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
            && self.responsible.is_empty()
            && self.supporting.is_empty()
            && self.collectives.is_empty()
    }

    /// Adds the units of persons who answer for it.
    pub fn take(&mut self, units: Vec<OfPerson>) {
        for OfPerson { unit, leads, collective } in units {
            if collective {
                self.collectives.push(unit);
            } else if leads {
                self.leads.push(unit);
            } else {
                self.responsible.push((unit, false));
            }
        }
    }

    /// The document has said that the first of several units leads: it does where it is one unit and nobody else leads.
    pub fn let_first_lead(&mut self) {
        let several = self.responsible.len() > 1;
        let first_is_unit = self.responsible.first().is_some_and(|(_, collective)| !collective);
        if self.leads.is_empty() && !self.led_by_many && several && first_is_unit {
            let (first, _) = self.responsible.remove(0);
            self.leads.push(first);
        }
    }

    /// A unit that 主办 names without others answers alone.
    pub fn leave_host_alone(&mut self) {
        let alone = self.responsible.is_empty() && self.supporting.is_empty() && self.collectives.is_empty();
        if self.hosted && alone && self.leads.len() == 1 {
            self.responsible.extend(self.leads.pop().map(|lead| (lead, false)));
        }
    }

    pub fn mode(&self) -> Mode {
        match (&self.responsible[..], self.supporting.len()) {
            _ if !self.leads.is_empty() || self.led_by_many => Mode::Lead,
            ([], 0) if self.collectives.is_empty() => Mode::None,
            _ if self.by_duty => Mode::SplitByDuty,
            // One answers for it, and the others only help.
            ([(_, false)], _) | ([_], 0) | ([], 0 | 1) => Mode::Sole,
            _ => Mode::Joint,
        }
    }

    /// Adds the responsible that a heading names, before those of its own.
    pub fn add_first(&mut self, heading: Duties) {
        self.responsible.splice(0..0, heading.responsible);
        self.collectives.splice(0..0, heading.collectives);
        self.by_duty |= heading.by_duty;
    }

    /// A unit that is named twice in a role has it once.
    pub fn leave_first(&mut self) {
        leave_first(&mut self.leads);
        leave_first(&mut self.responsible);
        leave_first(&mut self.supporting);
        leave_first(&mut self.collectives);
        self.responsible.retain(|(name, _)| !self.leads.contains(name));
    }

    /// Gives a unit a role: `Lead`, `Host`, `Responsible` or `Supporting`. A collective keeps none but that it leads.
    pub fn add(&mut self, name: Name, role: Label) {
        let role = if name.leads { Label::Lead } else { role };
        self.hosted |= role == Label::Host;
        let role = if role == Label::Host { Label::Lead } else { role };
        if name.collective {
            self.collectives.push(name.text.clone());
        }
        self.led_by_many |= name.collective && role == Label::Lead;
        match role {
            Label::Lead if !name.collective => self.leads.push(name.text),
            Label::Supporting if !name.collective => self.supporting.push(name.text),
            Label::Responsible => self.responsible.push((name.text, name.collective)),
            _ => {}
        }
    }
}

/// Leaves the first of equal values.
fn leave_first<T: Clone + Eq + Hash>(list: &mut Vec<T>) {
    if list.len() > 1 {
        let mut seen = HashSet::new();
        list.retain(|value| seen.insert(value.clone()));
    }
    list.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use crate::office::plan::Mode;
    use crate::plan::duty::Duties;
    use crate::plan::label::Label;
    use crate::plan::units::Name;

    fn duties(units: &[(&str, bool, Label)]) -> Duties {
        let mut duties = Duties::default();
        for (text, collective, role) in units {
            duties.add(
                Name {
                    text: (*text).to_owned(),
                    collective: *collective,
                    leads: false,
                    likely: true,
                    with_remark: None,
                },
                *role,
            );
        }
        duties.leave_first();
        duties
    }

    #[test]
    fn modes() {
        let (lead, other) = (Label::Lead, Label::Responsible);
        let cases = [
            (duties(&[]), Mode::None),
            (duties(&[("县档案局", false, other), ("县档案局", false, other)]), Mode::Sole),
            (duties(&[("县档案局", false, other), ("各乡镇", true, other)]), Mode::Joint),
            (duties(&[("县档案局", false, lead), ("各乡镇", true, other)]), Mode::Lead),
            (duties(&[("各乡镇", true, lead)]), Mode::Lead),
            (Duties { by_duty: true, ..duties(&[("各乡镇", true, other)]) }, Mode::SplitByDuty),
        ];
        for (duties, mode) in cases {
            assert_eq!(duties.mode(), mode, "{duties:?}");
        }
    }

    #[test]
    fn the_first_unit_leads_several_but_no_collective_does() {
        let mut several = duties(&[("县档案局", false, Label::Responsible), ("各乡镇", true, Label::Responsible)]);
        several.let_first_lead();
        assert_eq!(several.leads, ["县档案局"]);
        let mut collective = duties(&[("各乡镇", true, Label::Responsible), ("县档案局", false, Label::Responsible)]);
        collective.let_first_lead();
        assert!(collective.leads.is_empty());
    }
}
