-- What a report costs does not grow with the reports before it.

-- How many words were said of a duty, each version by itself; those said aside are none.
alter table duty add column said integer not null default 0;
update duty set said = (
    select count(*) from report join report_version on report_id = report.id where report.duty_id = duty.id and aside is null);

-- To what a decision may lead back, as JSON; null until the next report of the duty or decision on it.
alter table duty add column stood_before text;

-- The duty of a practice is that of its report.
alter table practice add column duty_id integer references duty (id);
update practice set duty_id = (select duty_id from report where report.id = report_id);
create index practice_duty on practice (duty_id) where dropped = 0;

-- No statement of a reply or a claim reads a whole table.
create index outbox_chat on outbox (chat_id, created_at);
create index outbox_reminder on outbox (reminder_id) where reminder_id is not null;
create index contact_person on contact (person_id);
create index attachment_report on attachment (report_id);
