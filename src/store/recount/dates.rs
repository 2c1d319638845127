//! How the dates of duties stand, as the ledger alone gives it.

use std::collections::BTreeSet;

use super::{Recount, Told};

impl Recount {
    /// The dates of a duty that wait for a coordinator's word each by itself, and those that have it.
    pub(in crate::store) fn dates(&self, duty: i64) -> (BTreeSet<i64>, BTreeSet<i64>) {
        let (mut claimed, mut done) = (BTreeSet::new(), BTreeSet::new());
        let said = self.live(duty).into_iter().map(|told| (told.seq, told.status.as_deref(), told.claims));
        let whole = self.decisions.iter().filter(|(_, of, _)| *of == duty);
        let whole = whole.map(|(seq, _, what)| (*seq, Some(what.as_str()), None));
        let dates = self.on_dates.iter().filter(|(_, of, ..)| *of == duty);
        let dates = dates.map(|(seq, _, date, what)| (*seq, Some(what.as_str()), Some(*date)));
        let mut happened: Vec<_> = said.chain(whole).chain(dates).collect();
        happened.sort_unstable();
        for (seq, what, date) in happened {
            // While the whole is signed off or suspended, nothing is claimed.
            let before = self.until(seq);
            match (what, date) {
                (Some("accepted"), Some(date)) => {
                    claimed.remove(&date);
                    done.insert(date);
                }
                (Some("returned"), Some(date)) => {
                    claimed.remove(&date);
                }
                (Some("accepted"), None) => claimed.clear(),
                (_, Some(date)) if !matches!(before.status(duty), "done" | "suspended") && !done.contains(&date) => {
                    claimed.insert(date);
                }
                _ => {}
            }
        }
        (claimed, done)
    }

    /// What was known before an entry.
    fn until(&self, seq: i64) -> Recount {
        let told =
            |told: &Told| Told { status: told.status.clone(), live: told.live, seq: told.seq, ..Told::default() };
        let reports = self.reports.iter().filter(|(_, one)| one.seq < seq).map(|(of, one)| (*of, told(one)));
        let decisions = self.decisions.iter().filter(|(at, ..)| *at < seq).cloned();
        Recount { reports: reports.collect(), decisions: decisions.collect(), ..Recount::default() }
    }
}
