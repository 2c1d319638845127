-- What contacts say of a task without telling how it stands: that it is another's, or that the answer comes later. It is kept
-- with the reports, because it is edited, withdrawn and given its task as they are, and counts as none.
alter table report_version add column aside text check (aside in ('transfer', 'defer'));
