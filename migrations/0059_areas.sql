-- 分工: which coordinator is asked first about a unit, or about a plan. All may answer.
create table area (
    person_id integer not null references person (id),
    unit_id   integer references unit (id),
    plan_id   integer references plan (id),
    unique (person_id, unit_id, plan_id),
    check ((unit_id is null) <> (plan_id is null))
) strict;
