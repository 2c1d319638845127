-- 补: what a colleague reported who was not registered, as Telegram sent it; it is recorded once the sender is.
create table unheard (
    id         integer primary key,
    unit_id    integer not null references unit (id),
    person_id  integer not null references person (id),
    chat_id    integer not null references chat (id),
    message_id integer not null,
    raw        text    not null,
    kept_at    text    not null,
    heard_at   text,                         -- when it was recorded
    unique (chat_id, message_id)
) strict;

create index unheard_person on unheard (person_id, unit_id) where heard_at is null;

alter table report add column made_up integer not null default 0 check (made_up in (0, 1));
