-- What a reply to a message gives, where the message asked for it: a decision's reason was the first such thing.
alter table outbox add column awaits text check (awaits is null or json_valid(awaits));

update outbox
set awaits = (select json_object('reason', json_object('decision', decision.id, 'duty', decision.duty_id))
              from decision where decision.id = decision_id)
where decision_id is not null;

alter table outbox drop column decision_id;
