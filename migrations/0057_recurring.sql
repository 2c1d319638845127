-- Dates that come round are reminded of, and met by what is reported within their period.

-- When a recurring date comes round: {period, month, day}; null where the words do not say it.
alter table milestone add column rule text check (rule is null or json_valid(rule));

update milestone set rule = (
    select json(read.value ->> '$.rule') from task join plan on plan.id = task.plan_id,
        json_each(plan.draft, '$.tasks') drafted, json_each(drafted.value, '$.milestones') read
    where task.id = milestone.task_id and drafted.value ->> '$.number' = task.number
      and read.value ->> '$.text' = milestone.text and read.value ->> '$.kind' = 'recurring'
      and json_type(read.value, '$.rule') = 'object'
    limit 1)
where kind = 'recurring' and ended_at is null;

-- 无变化: it says nothing of how a duty stands, and is a report all the same.
alter table report_version add column unchanged integer not null default 0 check (unchanged in (0, 1));

update report_version set unchanged = 1 where (report_id, version) in (
    select body ->> '$.report', body ->> '$.version' from ledger
    where kind in ('report_recorded', 'report_revised') and body ->> '$.item.unchanged' = 1);
