-- 细化分解: the steps into which units split their duties, each with a date of its own.

create table step (
    id         integer primary key,
    duty_id    integer not null references duty (id),
    text       text    not null,
    due        text    not null,                 -- the last day that still counts
    state      text    not null default 'open' check (state in ('open', 'done', 'removed')),
    chat_id    integer not null references chat (id),
    message_id integer not null                  -- the words that planned it
) strict;

create index step_duty on step (duty_id);

-- What happened to a step, and by whom.
create table step_event (
    id        integer primary key,
    step_id   integer not null references step (id),
    person_id integer not null references person (id),
    kind      text    not null check (kind in ('planned', 'done', 'reopened', 'removed')),
    at        text    not null
) strict;

create index step_event_step on step_event (step_id);

-- The step that a line of a digest is about; such a line has no milestone.
alter table reminder_item add column step_id integer references step (id);
