-- The version of the program that could not handle an update: a newer one tries again. Whoever was told so is not told twice.
alter table inbox add column given_up_by text;

create index inbox_dead on inbox (update_id) where state = 'dead';

-- Since when a topic is gone: what is for it goes to the general one.
alter table chat add column topic_gone_at text;
