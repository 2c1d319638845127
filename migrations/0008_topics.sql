-- no-transaction
-- A forum group's topics are chats of their own: a unit may be bound to one of them. The table is made anew, because its
-- telegram_id alone is no longer unique; foreign keys refer to it by name meanwhile.

pragma foreign_keys = off;

begin immediate;

create table chat_with_topic (
    id           integer primary key,
    telegram_id  integer not null,
    topic        integer not null default 0, -- Telegram's message_thread_id; 0 where there is none
    kind         text    not null check (kind in ('private', 'group')),
    title        text    not null,
    unit_id      integer unique references unit (id),
    coordinators integer not null default 0 check (coordinators in (0, 1)),
    reachable    integer not null default 1 check (reachable in (0, 1)),
    not_before   text,                       -- Telegram asked for silence until then
    unique (telegram_id, topic),
    check (unit_id is null or coordinators = 0)
) strict;

insert into chat_with_topic (id, telegram_id, kind, title, unit_id, coordinators, reachable, not_before)
    select id, telegram_id, kind, title, unit_id, coordinators, reachable, not_before from chat;

drop table chat;

alter table chat_with_topic rename to chat;

commit;

pragma foreign_keys = on;
