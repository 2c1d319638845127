-- 督办员代录: what a unit said by telephone, as a coordinator has passed it on.
alter table report add column on_behalf integer not null default 0 check (on_behalf in (0, 1));
