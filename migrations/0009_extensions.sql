-- Wishes for more time, and what coordinators said to them. The milestone keeps the date that the plan gave it.

create table extension (
    id           integer primary key,
    duty_id      integer not null references duty (id),
    milestone_id integer references milestone (id),  -- null: the duty has no date of its own
    chat_id      integer not null references chat (id),
    message_id   integer not null,                   -- the words that ask for it
    due          text    not null,                   -- the date that is asked for
    asked_at     text    not null,
    state        text    not null default 'asked' check (state in ('asked', 'granted', 'refused', 'withdrawn')),
    decided_by   integer references person (id),
    decided_at   text,
    unique (chat_id, message_id, duty_id)
) strict;

create index extension_duty on extension (duty_id);
