-- Only one's own words count: who is known to have gone from a group, and what was taken as a reason without a reply.

-- Who has gone is known as such until the next word there: nothing is handed over to somebody who is not present.
alter table member add column gone_at text;

-- In private people type the reason that was asked for without replying: their next plain words are taken as it.
create table asked_last (
    chat_id   integer primary key references chat (id),
    outbox_id integer not null references outbox (id),   -- the question; its awaits says what is asked for
    asked_at  text    not null
) strict;

-- What was taken so, until it is said to be no reason.
create table taken_words (
    chat_id    integer not null references chat (id),
    message_id integer not null,
    awaits     text    not null check (json_valid(awaits)),
    words      text    not null,
    duties     text    not null check (json_valid(duties)),  -- on which it made a coordinator rule
    undone_at  text,
    primary key (chat_id, message_id)
) strict;
