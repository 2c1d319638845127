-- No statement of a tick, a reply, a claim or a question reads a whole table.
create index task_plan on task (plan_id, position);
create index task_called on task (number);
create index outbox_failed on outbox (id) where state = 'failed';
create index report_person on report (person_id, chat_id, reported_at);
create index question_person on question (person_id, chat_id) where answered_at is null;
create index question_reported on question (reported_at);
create index decision_at on decision (at);
create index nudge_day on nudge (day);
create index reminder_day on reminder (day);

-- Duties that are at a standstill.
create index duty_blocked on duty (id) where status in ('blocked', 'suspended');
create index task_section on task (section_id) where section_id is not null;
create index transfer_duty on transfer (duty_id);
create index invitation_unit on invitation (unit_id);
create index invitation_code on invitation (expires_at) where code is not null;
