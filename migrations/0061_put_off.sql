-- 稍后反馈: a unit is reminded of a task once more, on the next working day; once a task and date.
create table put_off (
    duty_id    integer not null references duty (id),
    due        text    not null,             -- the date that is ahead; of a duty without one, the day of the wish
    asked_at   text    not null,
    chat_id    integer not null references chat (id),
    message_id integer not null,             -- Telegram's, of the words that ask for it
    primary key (duty_id, due)
) strict;

create table reminder_item_again (
    reminder_id  integer not null references reminder (id),
    task_id      integer not null references task (id),
    milestone_id integer references milestone (id),
    reason       text    not null check (reason in
        ('due_soon', 'due_today', 'overdue', 'progress_call', 'escalation', 'recurring', 'assigned', 'step', 'later')),
    step_id      integer references step (id)
) strict;

insert into reminder_item_again select reminder_id, task_id, milestone_id, reason, step_id from reminder_item order by rowid;
drop table reminder_item;
alter table reminder_item_again rename to reminder_item;
create index reminder_item_reminder on reminder_item (reminder_id);
