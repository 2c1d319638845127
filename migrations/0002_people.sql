-- Chats and people. Telegram's ids are attributes, never keys: a group that becomes a supergroup changes its id.

create table chat (
    id           integer primary key,
    telegram_id  integer not null unique,
    kind         text    not null check (kind in ('private', 'group')),
    title        text    not null,
    unit_id      integer unique references unit (id),
    coordinators integer not null default 0 check (coordinators in (0, 1)),
    reachable    integer not null default 1 check (reachable in (0, 1)),
    not_before   text,                       -- Telegram asked for silence until then
    check (unit_id is null or coordinators = 0)
) strict;

create table person (
    id          integer primary key,
    telegram_id integer not null unique,
    name        text    not null
) strict;

-- 联络员: who may report for a unit. 'asked' waits for a contact or a coordinator to confirm.
create table contact (
    unit_id   integer not null references unit (id),
    person_id integer not null references person (id),
    state     text    not null check (state in ('asked', 'registered')),
    since     text    not null,
    primary key (unit_id, person_id)
) strict;

-- 督办员
create table coordinator (
    person_id integer primary key references person (id),
    since     text    not null
) strict;

-- One-time codes. unit_id null makes a coordinator. Only the hash is kept.
create table invitation (
    id         integer primary key,
    code_hash  blob    not null unique check (length(code_hash) = 32),
    unit_id    integer references unit (id),
    created_at text    not null,
    expires_at text    not null,
    used_at    text
) strict;

-- Wrong codes, so that nobody finds one by trying.
create table failed_code (
    person_id integer not null references person (id),
    at        text    not null
) strict;

create index failed_code_person on failed_code (person_id, at);
