-- The dates of a duty are claimed and signed off one by one.

-- The one date that a version of a report claims; null: none, or the whole duty.
alter table report_version add column milestone_id integer references milestone (id);

-- The one date that a decision is about; null: the whole duty.
alter table decision add column milestone_id integer references milestone (id);

-- How the dates of a duty stand that were claimed or signed off each by itself; of the others the duty's status tells.
create table duty_milestone (
    duty_id      integer not null references duty (id),
    milestone_id integer not null references milestone (id),
    status       text    not null check (status in ('claimed_done', 'done')),
    report_id    integer references report (id),  -- the report that claims it
    done_at      text,                            -- when a coordinator agreed
    primary key (duty_id, milestone_id)
) strict;
