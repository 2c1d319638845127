-- 转办、退回: a unit says that its part in a task is another's, and what coordinators made of it.
create table transfer (
    id         integer primary key,
    duty_id    integer not null references duty (id),
    task_id    integer not null references task (id),
    unit_id    integer not null references unit (id),  -- whose part it was
    to_id      integer references unit (id),           -- whose it has become
    chat_id    integer not null references chat (id),
    message_id integer not null,                       -- the words that say so
    asked_at   text    not null,
    state      text    not null default 'asked' check (state in ('asked', 'moved', 'kept', 'dropped', 'withdrawn')),
    decided_by integer references person (id),
    decided_at text,
    unique (chat_id, message_id, duty_id)
) strict;

create index transfer_task on transfer (task_id);
