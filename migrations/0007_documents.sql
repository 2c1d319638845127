-- Documents that coordinators sent. One becomes a plan only once a coordinator has agreed to what was read.
create table document (
    id          integer primary key,
    chat_id     integer not null references chat (id),
    person_id   integer not null references person (id),
    message_id  integer not null,
    file_id     text    not null,             -- Telegram's
    name        text    not null,
    received_at text    not null,
    state       text    not null default 'wanted' check (state in ('wanted', 'unreadable', 'read', 'imported', 'dropped')),
    digest      blob    check (digest is null or length(digest) = 32),    -- SHA-256 of the file
    draft       text    check (draft is null or json_valid(draft)),       -- what reading it gave
    unique (chat_id, message_id)
) strict;

create index document_wanted on document (id) where state = 'wanted';

-- Full text of the tasks, by trigrams. The triggers keep it in step within the same transaction.
create virtual table task_text using fts5 (text, content = 'task', content_rowid = 'id', tokenize = 'trigram');

create trigger task_text_insert after insert on task begin
    insert into task_text (rowid, text) values (new.id, new.text);
end;

create trigger task_text_delete after delete on task begin
    insert into task_text (task_text, rowid, text) values ('delete', old.id, old.text);
end;

create trigger task_text_update after update of text on task begin
    insert into task_text (task_text, rowid, text) values ('delete', old.id, old.text);
    insert into task_text (rowid, text) values (new.id, new.text);
end;

insert into task_text (task_text) values ('rebuild');
