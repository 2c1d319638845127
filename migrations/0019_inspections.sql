-- 专项督查: what coordinators ask units for beside the plan, until a date, and what came back.

create table inspection (
    id         integer primary key,
    number     integer unique,              -- by which people call it; null while it is only proposed
    words      text    not null,            -- what is asked for, as it was typed
    due        text    not null,            -- the last day that still counts
    person_id  integer not null references person (id),
    chat_id    integer not null references chat (id),
    message_id integer not null,            -- the words that proposed it
    started_on text,                        -- the working day on which the units were asked
    nudged_on  text,                        -- the last working day on which they were asked beside the schedule
    closed_on  text,
    unique (chat_id, message_id)
) strict;

create table inspection_unit (
    inspection_id integer not null references inspection (id),
    unit_id       integer not null references unit (id),
    primary key (inspection_id, unit_id)
) strict;

-- The tasks that it is about; none where it is about no task in particular.
create table inspection_task (
    inspection_id integer not null references inspection (id),
    task_id       integer not null references task (id),
    primary key (inspection_id, task_id)
) strict;

-- What a unit answered, one row a message.
create table inspection_answer (
    id            integer primary key,
    inspection_id integer not null references inspection (id),
    unit_id       integer not null references unit (id),
    person_id     integer not null references person (id),
    chat_id       integer not null references chat (id),
    message_id    integer not null,
    answered_at   text    not null,
    withdrawn_at  text,
    unique (chat_id, message_id)
) strict;

create index inspection_answer_inspection on inspection_answer (inspection_id, unit_id);

-- Every edit of the message is a version.
create table inspection_answer_version (
    answer_id integer not null references inspection_answer (id),
    version   integer not null,
    text      text    not null,
    files     text    not null check (json_valid(files)),
    noted_at  text    not null,
    primary key (answer_id, version)
) strict;

-- The inspections that a digest names.
create table reminder_inspection (
    reminder_id   integer not null references reminder (id),
    inspection_id integer not null references inspection (id),
    primary key (reminder_id, inspection_id)
) strict;
