-- What was last heard of a duty: its newest report that was not withdrawn and whose newest words are no aside. It is kept
-- with how the duty stands, so that nobody looks through the reports of an office to count it.
alter table duty add column last_report_id integer references report (id);
update duty set last_report_id = (
    select report.id from report join report_version version on version.report_id = report.id
    where report.duty_id = duty.id and report.withdrawn_at is null and version.aside is null
      and version.version = (select max(version) from report_version where report_id = report.id)
    order by report.reported_at desc, report.id desc limit 1);
