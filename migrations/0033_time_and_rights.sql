-- Time is not rewritten, and rights end.

-- When the words of a version were said: sent, or put by an edit in place of others. The report keeps when its message was sent.
alter table report_version add column reported_at text not null default '';
alter table report_version add column late integer not null default 0 check (late in (0, 1));
alter table report_version add column edited integer not null default 0 check (edited in (0, 1));

update report_version set
    reported_at = case when version = 1 then (select reported_at from report where id = report_id) else at end,
    late = (select late from report where id = report_id),
    edited = version > 1;

-- Whether the words that wait came by an edit.
alter table question add column edited integer not null default 0 check (edited in (0, 1));

-- 本人核定: whoever asked for it agreed to it, because there was no other coordinator.
alter table decision add column self_signed integer not null default 0 check (self_signed in (0, 1));
alter table extension add column self_signed integer not null default 0 check (self_signed in (0, 1));

-- Who was a coordinator and is one no longer, until another one confirms the right or a new code gives it.
create table former_coordinator (
    person_id integer primary key references person (id),
    ended_at  text    not null,
    why       text    not null check (why in ('removed', 'left_group'))
) strict;

-- The chat in which somebody came to speak for the unit: where that was bound wrongly, the right ends with it.
alter table contact add column chat_id integer references chat (id);

update contact set chat_id = (
    select chat.id from chat join member on member.chat_id = chat.id
    where chat.unit_id = contact.unit_id and member.person_id = contact.person_id);

-- A code ends where a newer one was made, or where the bot was thrown out of the unit's group. The code itself is kept as
-- long as it serves, so that it can be shown again.
alter table invitation add column ended_at text;
alter table invitation add column code text;

-- Since when the bot cannot write there, until the chat has been told what it missed.
alter table chat add column unreachable_since text;
