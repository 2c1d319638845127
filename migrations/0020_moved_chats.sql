-- The supergroup that a group has become: what was said in the old chat is looked up there, and answered in the new one.
alter table chat add column moved_to integer references chat (id);

update chat set moved_to = (
    select json_extract(body, '$.to') from ledger
    where kind = 'chat_moved' and json_extract(body, '$.chat') = chat.id order by seq desc limit 1);

create index chat_moved_to on chat (moved_to) where moved_to is not null;

-- The chat whose message ids the buttons of a message mean, where it is not its own but the one that moved to it.
alter table outbox add column meant_in integer references chat (id);
