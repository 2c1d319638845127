-- What contacts said.

create table report (
    id           integer primary key,
    duty_id      integer not null references duty (id),
    person_id    integer not null references person (id),
    chat_id      integer not null references chat (id),
    message_id   integer not null,
    reported_at  text    not null,           -- when the message was sent
    recorded_at  text    not null,
    noted_after  integer not null,           -- how long the ledger was: the order in which things became known
    late         integer not null default 0 check (late in (0, 1)),
    withdrawn_at text,
    unique (chat_id, message_id, duty_id)
) strict;

create index report_duty on report (duty_id, reported_at);

create table report_version (
    report_id integer not null references report (id),
    version   integer not null check (version > 0),
    text      text    not null,
    status    text    check (status in ('not_started', 'in_progress', 'blocked', 'claimed_done', 'suspended')),
    percent   integer check (percent between 0 and 100),
    problems  text    not null default '[]' check (json_valid(problems)),
    at        text    not null,
    primary key (report_id, version)
) strict;

create table attachment (
    id         integer primary key,
    report_id  integer not null references report (id),
    kind       text    not null check (kind in ('photo', 'document', 'voice', 'video', 'audio')),
    file_id    text    not null,
    name       text
) strict;

-- A coordinator's word on a duty.
create table decision (
    id        integer primary key,
    duty_id   integer not null references duty (id),
    person_id integer not null references person (id),
    kind      text    not null check (kind in ('accepted', 'returned')),
    reason    text,
    at        text    not null,
    noted_after integer not null             -- as with a report
) strict;

create index decision_duty on decision (duty_id, at);

-- Words whose task was not clear; they wait for a button.
create table question (
    id          integer primary key,
    chat_id     integer not null references chat (id),
    person_id   integer not null references person (id),
    message_id  integer not null,
    reported_at text    not null,
    text        text    not null,
    item        text    not null check (json_valid(item)),  -- what was understood apart from the task
    attachment  text    check (attachment is null or json_valid(attachment)),
    answered_at text,
    unique (chat_id, message_id)
) strict;

-- The ledger: append only, each entry hashed over the one before (see src/store/ledger.rs).
create table ledger (
    seq      integer primary key check (seq > 0),
    at       text not null,
    actor    text not null,                  -- 'person:ID', 'bot' or 'operator'
    kind     text not null,
    body     text not null check (json_valid(body)),
    previous blob not null check (length(previous) = 32),
    hash     blob not null unique check (length(hash) = 32)
) strict;

create trigger ledger_refuses_update before update on ledger
begin
    select raise(abort, 'the ledger is append-only');
end;

create trigger ledger_refuses_delete before delete on ledger
begin
    select raise(abort, 'the ledger is append-only');
end;
