-- The text of a version is what it says of its own task; the whole message stands beside it where that says more.
alter table report_version add column whole text;

-- Words that wait may be about several tasks: the parts are asked about one after another, and a button is about one of them.
alter table question add column parts text not null default '[]' check (json_valid(parts));
alter table question add column settled integer not null default 0 check (settled >= 0);  -- how many were asked about before

update question set parts =
    json_array(json_object('tasks', json('[]'), 'item', json(item), 'unclear', json(iif(unclear, 'true', 'false'))));

alter table question drop column item;
alter table question drop column unclear;
