-- 催办: who was asked to report on what beside the schedule, at most once a day.

create table nudge (
    unit_id   integer not null references unit (id),
    task_id   integer not null references task (id),
    day       text    not null,                -- the office's local date
    person_id integer not null references person (id),
    primary key (unit_id, task_id, day)
) strict;
