-- 中止 and 恢复, a sign-off taken back, and which buttons a message shows.

-- SQLite cannot alter a check, so the table is made anew: coordinators decide more than claims.
create table ruling (
    id        integer primary key,
    duty_id   integer not null references duty (id),
    person_id integer not null references person (id),
    kind      text    not null check (kind in ('accepted', 'returned', 'suspended', 'resumed', 'reopened')),
    message_id integer,                      -- the claim that it answers
    reason    text,
    at        text    not null,
    noted_after integer not null             -- as with a report
) strict;

insert into ruling (id, duty_id, person_id, kind, reason, at, noted_after)
select id, duty_id, person_id, kind, reason, at, noted_after from decision;

drop table decision;

alter table ruling rename to decision;

create index decision_duty on decision (duty_id, at);

-- Why a coordinator refused.
alter table extension add column reason text;

-- Wishes to be suspended, and what coordinators said to them.
create table suspension_wish (
    id         integer primary key,
    duty_id    integer not null references duty (id),
    chat_id    integer not null references chat (id),
    message_id integer not null,             -- the words that ask for it
    asked_at   text    not null,
    state      text    not null default 'asked' check (state in ('asked', 'granted', 'refused', 'withdrawn')),
    decided_by integer references person (id),
    decided_at text,
    reason     text,                         -- why a coordinator refused
    unique (chat_id, message_id, duty_id)
) strict;

create index suspension_wish_duty on suspension_wish (duty_id);

-- The buttons that a message shows: once one of them is used, every copy of it goes.
create table outbox_button (
    data      text    not null,
    outbox_id integer not null references outbox (id),
    primary key (data, outbox_id)
) strict, without rowid;

create index outbox_button_outbox on outbox_button (outbox_id);

insert or ignore into outbox_button (data, outbox_id)
select button.value ->> 'data', outbox.id
from outbox, json_each(outbox.body, '$.message.buttons') line, json_each(line.value) button
where json_type(outbox.body, '$.message.buttons') = 'array';
