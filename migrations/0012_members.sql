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
