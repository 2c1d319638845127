-- 稍后反馈: a unit is reminded of a task once more, on the next working day; once a task and date.
create table put_off (
    duty_id    integer not null references duty (id),
    due        text    not null,             -- the date that is ahead; of a duty without one, the day of the wish
    asked_at   text    not null,
    chat_id    integer not null references chat (id),
    message_id integer not null,             -- Telegram's, of the words that ask for it
    primary key (duty_id, due)
) strict;
