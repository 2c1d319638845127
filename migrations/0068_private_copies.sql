-- 私聊抄送: whether a contact has a copy of the unit's digests in private. 'lost': the bot may not write there any more, and
-- the unit's group has not been told so yet. A person has copies of one unit at most, so that a private chat gets one a day.
alter table contact add column copy text check (copy in ('on', 'lost'));

create unique index contact_copy on contact (person_id) where copy = 'on';

-- The digest of which this is a private copy.
alter table reminder add column copy_of integer references reminder (id);

create index reminder_copy on reminder (copy_of) where copy_of is not null;
