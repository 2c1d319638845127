-- Who has opened the files of a report in chat, which comes before agreeing to many claims at once.
create table evidence_opened (
    report_id integer not null references report (id),
    person_id integer not null references person (id),
    at        text    not null,
    primary key (report_id, person_id)
) strict;
