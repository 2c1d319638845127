-- What came in, what goes out, and what the schedule has said.

create table inbox (
    update_id   integer primary key,         -- kept long: ids may become random after an idle week
    received_at text    not null,
    raw         text    not null,
    state       text    not null default 'new' check (state in ('new', 'done', 'dead')),
    attempts    integer not null default 0,
    error       text
) strict;

create index inbox_new on inbox (update_id) where state = 'new';

-- What the schedule has said to a chat: one digest a day, at most.
create table reminder (
    id          integer primary key,
    chat_id     integer not null references chat (id),
    unit_id     integer references unit (id),    -- null: to the coordinators
    kind        text    not null check (kind in ('digest', 'briefing')),
    planned_for text    not null,                -- the slot of the schedule
    day         text    not null,                -- the office's local date
    unique (chat_id, kind, day)
) strict;

create table outbox (
    id          integer primary key,
    chat_id     integer not null references chat (id),
    reminder_id integer references reminder (id),
    decision_id integer references decision (id),  -- whose reason a reply to it gives
    kind        text    not null check (kind in ('answer', 'toast', 'notice', 'digest', 'briefing')),
    body        text    not null check (json_valid(body)),
    created_at  text    not null,
    not_before  text    not null,
    not_after   text,                        -- said later than this it would no longer be true
    state       text    not null default 'pending' check (state in
        ('pending', 'sending', 'in_doubt', 'sent', 'failed', 'expired')),
    attempts    integer not null default 0,
    doubts      integer not null default 0,  -- how often it may have been delivered without our knowing
    message_id  integer,                     -- Telegram's, once sent
    sent_at     text,
    error       text
) strict;

create index outbox_waiting on outbox (chat_id, id) where state in ('pending', 'sending', 'in_doubt');
create index outbox_sent on outbox (chat_id, sent_at) where sent_at is not null;
create index outbox_sent_at on outbox (sent_at) where sent_at is not null;
create index outbox_message on outbox (chat_id, message_id) where message_id is not null;

-- The tasks that a message named, in its order: a reply to it is about these.
create table outbox_task (
    outbox_id integer not null references outbox (id),
    position  integer not null,
    task_id   integer not null references task (id),
    primary key (outbox_id, position)
) strict;

create table reminder_item (
    reminder_id  integer not null references reminder (id),
    task_id      integer not null references task (id),
    milestone_id integer references milestone (id),
    reason       text    not null check (reason in
        ('due_soon', 'due_today', 'overdue', 'progress_call', 'escalation'))
) strict;

create index reminder_item_reminder on reminder_item (reminder_id);

-- Up to where each part of the schedule has been said.
create table schedule (
    kind     text primary key check (kind in ('digest', 'briefing')),
    said_up_to text not null
) strict;

-- Single facts about the process: under which name it last ran, when it last polled.
create table state (
    key   text primary key,
    value text not null
) strict;
