-- Of whose silence after which due date the coordinators were told: once, whatever the settings are later.
create table escalation (
    duty_id integer not null references duty (id),
    due     text    not null,            -- with another due date it begins anew
    told_on text    not null,            -- the office's local date of the digest
    primary key (duty_id, due)
) strict;
