-- What the files of reports hold. Each is fetched once, and its digest goes on the ledger.
create table evidence (
    id         integer primary key,
    file_id    text    not null unique,
    sha256     text    check (length(sha256) = 64),
    size       integer check (size >= 0),
    kept       integer not null default 0 check (kept in (0, 1)),   -- whether its bytes are kept, too
    missing    text,                                                -- why it was given up
    settled_at text    not null,
    check ((sha256 is null) = (size is null) and (sha256 is null) = (missing is not null) and (kept = 0 or sha256 is not null))
) strict;

create index evidence_sha256 on evidence (sha256);

-- The bytes of those that are kept, in pieces; the same bytes stand here once.
create table evidence_piece (
    sha256 text    not null,
    part   integer not null check (part >= 0),
    bytes  blob    not null,
    primary key (sha256, part)
) strict;

-- Files that are still to be fetched.
create table evidence_wanted (
    file_id    text    primary key,
    tries      integer not null default 0,
    not_before text
) strict;

create index attachment_file on attachment (file_id);

insert into evidence_wanted (file_id) select file_id from attachment where true group by file_id order by min(id);
