-- 通报 that were issued, each with its number: of one plan, or of all.
create table issued_bulletin (
    id        integer primary key,
    plan_id   integer references plan (id),
    issue     integer not null check (issue > 0),
    person_id integer not null references person (id),
    at        text    not null
) strict;
