-- What contacts say in several messages, or so that only a button tells what it means.

-- Words that nobody understood wait for their meaning, as others wait for their task.
alter table question add column unclear integer not null default 0 check (unclear in (0, 1));
alter table question rename column attachment to attachments;
update question set attachments = json_array(json(attachments)) where attachments is not null;

-- From whom a forwarded file came.
alter table attachment add column origin text;

-- An album: Telegram sends each of its pictures as a message of its own. What they say counts as said by the first.
create table album (
    id          integer primary key,
    chat_id     integer not null references chat (id),
    media_group text    not null,            -- Telegram's media_group_id
    message_id  integer not null,            -- the part that arrived first
    answered    integer,                     -- the bot's message that it answers
    outbox_id   integer references outbox (id),  -- the one answer to it
    unique (chat_id, media_group)
) strict;

create table album_part (
    album_id    integer not null references album (id),
    message_id  integer not null,
    text        text    not null,            -- the caption, mostly empty
    attachments text    not null check (json_valid(attachments)),
    primary key (album_id, message_id)
) strict;
