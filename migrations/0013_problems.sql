-- 问题: what a report raises waits until a coordinator answers it or the unit takes it back.

-- What reports that count say of problems. It stays with the entry of the ledger in which it became known, whatever an edit
-- leaves as it was.
create table problem_word (
    report_id integer not null references report (id),
    same      text    not null,             -- what wordings of the same problem share; '': that none is left
    what      text    not null,
    entry     integer not null,
    primary key (report_id, same)
) strict;

create table problem (
    id        integer primary key,
    duty_id   integer not null references duty (id),
    same      text    not null,
    what      text    not null,
    report_id integer not null references report (id),  -- the one that raised it last
    raised_at text    not null,                         -- when that was sent
    state     text    not null check (state in ('open', 'answered', 'closed', 'withdrawn')),
    unique (duty_id, same)
) strict;

create index problem_open on problem (duty_id) where state = 'open';

-- What became of a problem, step by step.
create table problem_step (
    id         integer primary key,
    problem_id integer not null references problem (id),
    kind       text    not null check (kind in ('raised', 'answered', 'closed', 'withdrawn')),
    person_id  integer references person (id),
    words      text,                        -- the answer
    at         text    not null,
    entry      integer                      -- of the ledger; null where it only follows from reports
) strict;

create index problem_step_problem on problem_step (problem_id);

-- Until now the problems were those of each duty's latest report.
insert into problem_word (report_id, same, what, entry)
select report.id, replace(replace(replace(replace(replace(replace(told.value, ' ', ''), '，', ''), '。', ''), '、', ''), '；', ''), '：', ''),
    told.value, report.noted_after
from duty
join report on report.id = (
    select newest.id from report newest where newest.duty_id = duty.id and newest.withdrawn_at is null
    order by newest.reported_at desc, newest.id desc limit 1)
join report_version version on version.report_id = report.id
    and version.version = (select max(version) from report_version where report_id = report.id)
join json_each(version.problems) told
where told.value <> ''
on conflict do nothing;

insert into problem (duty_id, same, what, report_id, raised_at, state)
select report.duty_id, same, what, report.id, report.reported_at, 'open'
from problem_word join report on report.id = report_id;

insert into problem_step (problem_id, kind, person_id, at)
select problem.id, 'raised', report.person_id, report.recorded_at from problem join report on report.id = report_id;

-- 经验: what reports pass on. Those of a report that is withdrawn, or of words that an edit has taken out, do not count.
create table practice (
    id             integer primary key,
    report_id      integer not null references report (id),
    what           text    not null,
    dropped        integer not null default 0 check (dropped in (0, 1)),
    recommended_by integer references person (id),
    recommended_at text,
    unique (report_id, what)
) strict;

-- 表扬、提醒、约谈: what a coordinator puts on record about a unit. Proposed by a message, and on record once confirmed.
create table citation (
    id                integer primary key,
    kind              text    not null check (kind in ('commendation', 'warning', 'interview')),
    unit_id           integer not null references unit (id),
    reason            text    not null,
    person_id         integer not null references person (id),
    chat_id           integer not null references chat (id),
    message_id        integer not null,
    recorded_by       integer references person (id),
    recorded_at       text,
    told_at           text,
    withdrawn_by      integer references person (id),
    withdrawn_at      text,
    withdrawn_because text,
    unique (chat_id, message_id)
) strict;
