-- Words that wait to be confirmed are no silence: whose they are, and what was understood.

alter table question add column unit_id integer references unit (id);  -- null: the reason of a coordinator's order
-- What was understood of each duty in the present part, where it counts only once that is confirmed.
alter table question add column understood text not null default '[]' check (json_valid(understood));
alter table question add column named_in integer references reminder (id);  -- the digest that has named them

update question set unit_id = (select unit_id from chat where chat.id = chat_id);

create index question_waiting on question (unit_id) where answered_at is null;

-- What was said in a week is counted without reading all that ever was.
create index report_recorded on report (recorded_at);
create index question_named_in on question (named_in) where named_in is not null;
