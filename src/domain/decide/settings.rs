//! The office's settings by message: shown in words, one changed after a confirmation, and what would be said by them.

use chrono::NaiveDate;

use super::super::policy::{self, Policy};
use super::super::reply::{Words, contact, preview, settings};
use super::{Case, Change, Decision, To};

impl Case<'_> {
    /// Shows the settings, or one of them, or what a change would mean.
    pub(super) fn policy(&self, key: Option<&str>, value: Option<&str>) -> Decision {
        if !self.place.is_for_coordinators() {
            return self.answer("settings", contact::ask_privately());
        }
        let Some(key) = key else {
            return self.answer("all settings", settings::all(&self.facts.settings));
        };
        if !policy::is_key(key) {
            return self.answer("no such setting", settings::refused(&policy::unknown_key(key)));
        }
        let Some(value) = value else {
            return self.answer("one setting", settings::one(key, &self.facts.settings));
        };
        if !self.place.speaker_is_coordinator() {
            return self.answer("may not change settings", Words::plain(contact::ONLY_COORDINATORS));
        }
        match self.with_setting(key, value) {
            Ok(changed) => self.answer("a change of settings", settings::proposal(key, value, &changed, self.moment)),
            Err(error) => self.answer("a setting that does not fit", settings::refused(&error)),
        }
    }

    /// Changes a setting, after the confirmation.
    pub(super) fn set_policy(&self, key: &str, value: &str) -> Decision {
        if !self.place.speaker_is_coordinator() {
            return Decision::toast("may not decide", contact::ONLY_COORDINATORS);
        }
        if self.with_setting(key, value).is_err() {
            return Decision::toast("a setting that does not fit", contact::STALE_BUTTON);
        }
        let person = self.place.speaker.as_ref().map_or("", |person| person.name.as_str());
        Decision::nothing("a setting is changed")
            .with(Change::SetPolicy { key: key.to_owned(), value: value.to_owned() })
            .with_toast(settings::CHANGED)
            .and_say(To::Coordinators, None, [settings::changed(key, value, person)])
    }

    /// Shows what the schedule would say; a button's page takes the place of the one that is shown.
    pub(super) fn preview(&self, days: (NaiveDate, NaiveDate), page: Option<usize>) -> Decision {
        let is_allowed = self.place.is_for_coordinators();
        match page {
            None if !is_allowed => self.answer("settings", contact::ask_privately()),
            None => self.answer("a rehearsal", preview::words(&self.facts.planned, days, 0, self.moment)),
            Some(_) if !is_allowed => Decision::toast("a page across units", contact::ONLY_COORDINATORS),
            Some(number) => match self.facts.pressed {
                Some(message_id) => {
                    let words = preview::words(&self.facts.planned, days, number, self.moment);
                    Decision::nothing("a page is turned").with(Change::TurnPage { message_id, words })
                }
                None => Decision::toast("no message of ours", contact::STALE_BUTTON),
            },
        }
    }

    fn with_setting(&self, key: &str, value: &str) -> Result<Policy, policy::PolicyError> {
        let mut settings = self.facts.settings.clone();
        settings.insert(key.to_owned(), value.to_owned());
        Policy::from_settings(&settings)
    }
}
