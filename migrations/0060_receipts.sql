-- 签收: who has said of which message of ours that it was read. A receipt is no report.
create table receipt (
    id         integer primary key,
    chat_id    integer not null references chat (id),
    message_id integer not null,                 -- Telegram's, of the words that say so
    person_id  integer not null references person (id),
    outbox_id  integer not null references outbox (id),  -- what was read
    read_at    text    not null,
    unique (chat_id, message_id)
) strict;

create index receipt_outbox on receipt (outbox_id);
