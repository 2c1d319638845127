//! Which tables the ledger answers for, row by row. The others hold what waits or passes; their list, each with its
//! reason, stands with the tests, which hold it against the tables as they are.

/// A table whose every row is in the ledger, by its digest.
pub(super) struct Kept {
    pub table: &'static str,
    /// By which its rows are named. Rows with the same value share a digest.
    pub key: &'static str,
    /// Columns that come and go and say nothing of what was done.
    pub passing: &'static [&'static str],
}

const fn kept(table: &'static str, key: &'static str) -> Kept {
    Kept { table, key, passing: &[] }
}

/// What stands here for a table stays: digests that are in ledgers were made by it. A table that is added here needs a
/// migration, because only then are the rows counted that are there already.
pub(super) const KEPT: [Kept; 59] = [
    kept("unit", "id"),
    kept("unit_alias", "alias"),
    kept("unit_member", "collective_id"),
    kept("plan", "id"),
    kept("section", "plan_id"),
    kept("task", "id"),
    kept("task_unit", "task_id"),
    kept("milestone", "task_id"),
    kept("duty", "task_id"),
    kept("duty_milestone", "duty_id"),
    kept("policy", "key"),
    kept("holiday_year", "year"),
    // How long Telegram wants silence in a chat.
    Kept { table: "chat", key: "id", passing: &["not_before"] },
    kept("person", "id"),
    kept("member", "chat_id"),
    kept("contact", "unit_id"),
    kept("coordinator", "person_id"),
    kept("area", "person_id"),
    kept("former_coordinator", "person_id"),
    kept("invitation", "id"),
    kept("report", "id"),
    kept("report_version", "report_id"),
    kept("attachment", "id"),
    kept("evidence", "id"),
    kept("evidence_opened", "report_id"),
    kept("album", "id"),
    kept("album_part", "album_id"),
    kept("question", "id"),
    kept("taken_words", "chat_id"),
    kept("decision", "id"),
    kept("extension", "id"),
    kept("suspension_wish", "id"),
    kept("transfer", "id"),
    kept("problem_word", "report_id"),
    kept("problem", "id"),
    kept("problem_step", "id"),
    kept("practice", "id"),
    kept("citation", "id"),
    kept("step", "id"),
    kept("step_event", "id"),
    kept("nudge", "unit_id"),
    kept("inspection", "id"),
    kept("inspection_unit", "inspection_id"),
    kept("inspection_task", "inspection_id"),
    kept("inspection_answer", "id"),
    kept("inspection_answer_version", "answer_id"),
    kept("assignment", "id"),
    kept("task_change", "id"),
    kept("task_change_unit", "change_id"),
    kept("document", "id"),
    kept("reminder", "id"),
    kept("reminder_item", "reminder_id"),
    kept("reminder_inspection", "reminder_id"),
    kept("escalation", "duty_id"),
    kept("receipt", "id"),
    kept("put_off", "duty_id"),
    kept("unheard", "id"),
    kept("issued_bulletin", "id"),
    kept("schedule", "kind"),
];

#[cfg(test)]
mod tests;
