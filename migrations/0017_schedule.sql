-- For which days the schedule has spoken, whatever its times are today.
alter table schedule add column spoken_for text;  -- the office's local date; null: as the times of today give it

-- The holidays of a year as the office has read them in; the last notice counts, also over those shipped with the program.
create table holiday_year (
    year    integer primary key,
    notice  text not null check (json_valid(notice)),  -- a file in the form of holiday-cn
    read_at text not null
) strict;
