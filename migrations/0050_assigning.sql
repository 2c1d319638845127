-- 交办: items without a document, and what coordinators change of tasks by word. A later version of the document keeps it.

-- The plan of all single items; no document is a version of it.
alter table plan add column standing integer not null default 0 check (standing in (0, 1));
create unique index plan_standing on plan (standing) where standing = 1;

-- A coordinator ended it, though the document goes on to have it.
alter table task add column dropped_at text;
-- What the document says, where a coordinator has put other words in its place.
alter table task add column printed text;

-- SHA-256 of the file of the notice that asked for it.
alter table task add column digest blob check (digest is null or length(digest) = 32);
create unique index task_digest on task (digest) where digest is not null;

-- The date that a coordinator put in the place of the plan's.
alter table milestone add column moved_to text;
alter table milestone add column moved_at text;
-- A coordinator gave it to a task for which the document has no date.
alter table milestone add column by_word integer not null default 0 check (by_word in (0, 1));

-- What a message proposes to assign; a coordinator's 确认 makes it a task.
create table assignment (
    id         integer primary key,
    chat_id    integer not null references chat (id),
    message_id integer not null,
    person_id  integer not null references person (id),
    item       text    not null check (json_valid(item)),
    task_id    integer references task (id),   -- once it is one
    unique (chat_id, message_id)
) strict;

-- What was made of tasks by word.
create table task_change (
    id           integer primary key,
    task_id      integer not null references task (id),
    kind         text    not null check (kind in ('assigned', 'due', 'text', 'dropped', 'restored')),
    milestone_id integer references milestone (id),
    old          text,
    new          text,
    reason       text,
    person_id    integer references person (id),  -- null: whoever runs the program
    at           text    not null
) strict;

create index task_change_task on task_change (task_id);

-- Whom it is announced to: in the digest of the day, or the next.
create table task_change_unit (
    change_id   integer not null references task_change (id),
    unit_id     integer not null references unit (id),
    known       text,                              -- what the unit was told last, where that is not the change's own `old`
    reminder_id integer references reminder (id),  -- the digest that says it; null: none has
    primary key (change_id, unit_id)
) strict;

create index task_change_unit_waiting on task_change_unit (unit_id) where reminder_id is null;
create index task_change_unit_reminder on task_change_unit (reminder_id) where reminder_id is not null;

-- A digest names a task also because it was assigned, and for whatever reason comes to be.
create table reminder_item_of_any_reason (
    reminder_id  integer not null references reminder (id),
    task_id      integer not null references task (id),
    milestone_id integer references milestone (id),
    reason       text    not null check (reason <> ''),
    step_id      integer references step (id)
) strict;
insert into reminder_item_of_any_reason (reminder_id, task_id, milestone_id, reason, step_id)
    select reminder_id, task_id, milestone_id, reason, step_id from reminder_item order by rowid;
drop table reminder_item;
alter table reminder_item_of_any_reason rename to reminder_item;
create index reminder_item_reminder on reminder_item (reminder_id);
