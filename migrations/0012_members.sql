-- Who is known in which group: has spoken to the bot there, and has not gone since.

create table member (
    chat_id   integer not null references chat (id),
    person_id integer not null references person (id),
    met_at    text    not null,
    primary key (chat_id, person_id)
) strict;

create index member_person on member (person_id);

-- What the bot is in a chat: an administrator is shown every message, who is muted may not write.
alter table chat add column standing text not null default 'member'
    check (standing in ('absent', 'muted', 'member', 'admin'));

-- A unit's group that a coordinator has left in peace since then: no reminders, no notices.
alter table chat add column silenced_at text;

-- What a chat is told at most once a day.
create table hint (
    chat_id integer not null references chat (id),
    about   text    not null,
    day     text    not null,                -- the office's local date, when it was last said
    primary key (chat_id, about)
) strict;

-- How fast somebody is answered: a flood is answered jointly.
create table answering (
    chat_id   integer not null references chat (id),
    person_id integer not null references person (id),
    begun_at  text    not null,              -- of the minute in which answers are counted
    last_at   text    not null,
    answers   integer not null,
    primary key (chat_id, person_id)
) strict;

-- Answers that grow until they are sent.
create table joint_answer (
    outbox_id integer primary key references outbox (id),
    person_id integer not null references person (id),
    parts     integer not null
) strict;
