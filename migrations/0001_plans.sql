-- Units, plans and what each unit has to do. Dates are YYYY-MM-DD, instants RFC 3339 in UTC with whole seconds.

create table unit (
    id         integer primary key,
    name       text    not null unique check (name <> ''),
    collective integer not null default 0 check (collective in (0, 1)),
    place      text,             -- what a milestone's scope calls it: 长沙市
    successor_id integer references unit (id)  -- who took over after a reorganisation
) strict;

create table unit_alias (
    alias   text    primary key check (alias <> ''),
    unit_id integer not null references unit (id)
) strict;

-- The roll of a collective unit.
create table unit_member (
    collective_id integer not null references unit (id),
    member_id     integer not null references unit (id),
    primary key (collective_id, member_id),
    check (collective_id <> member_id)
) strict;

create table plan (
    id              integer primary key,
    code            text    unique,          -- the office's own short name for it
    title           text    not null,
    document_number text,
    issuer          text,
    issued_on       text,
    source          text    not null,        -- the file's name
    digest          blob    not null unique check (length(digest) = 32),  -- SHA-256 of the file
    draft           text    not null check (json_valid(draft)),           -- what reading it gave, as JSON
    imported_at     text    not null,
    closed_at       text                     -- from then on nobody is reminded
) strict;

create table section (
    id       integer primary key,
    plan_id  integer not null references plan (id),
    ordinal  text    not null,
    title    text    not null,
    position integer not null,
    unique (plan_id, position)
) strict;

create table task (
    id         integer primary key,
    plan_id    integer not null references plan (id),
    section_id integer references section (id),
    number     text    not null,
    text       text    not null,
    mode       text    not null check (mode in ('lead', 'sole', 'split_by_duty', 'joint', 'none')),
    targets    text    not null default '[]' check (json_valid(targets)),
    position   integer not null,
    ended_at   text                          -- a later version of the plan has it no longer
) strict;

create unique index task_number on task (plan_id, number) where ended_at is null;

-- Who answers for a task, as the document prints it; collectives are not yet expanded here.
create table task_unit (
    task_id  integer not null references task (id),
    unit_id  integer not null references unit (id),
    role     text    not null check (role in ('lead', 'responsible', 'supporting', 'collective')),
    position integer not null,
    primary key (task_id, unit_id)
) strict;

create table milestone (
    id       integer primary key,
    task_id  integer not null references task (id),
    text     text    not null,
    kind     text    not null check (kind in
        ('by_date', 'within_years', 'within_days', 'recurring', 'ongoing', 'window', 'start', 'immediate')),
    due      text,
    scope    text,
    doubt    text,
    position integer not null,
    ended_at text                            -- the old date stays on record
) strict;

create index milestone_task on milestone (task_id);

-- One unit's part in one task: what is reported on, claimed, extended and signed off.
create table duty (
    id       integer primary key,
    task_id  integer not null references task (id),
    unit_id  integer not null references unit (id),
    role     text    not null check (role in ('lead', 'responsible', 'supporting')),
    via_id   integer references unit (id),   -- the collective through which the unit came in
    status   text    not null default 'not_started' check (status in
        ('not_started', 'in_progress', 'blocked', 'claimed_done', 'done', 'suspended')),
    percent  integer check (percent between 0 and 100),
    ended_at text,                           -- no longer this unit's part; its history stays
    unique (task_id, unit_id)
) strict;

create index duty_unit on duty (unit_id);

-- The office's settings where they differ from the defaults.
create table policy (
    key   text primary key,
    value text not null
) strict;
