-- Buttons that were drawn before they carried a check: they count where they are shown, and no others do.

alter table outbox_button add column unsealed integer not null default 0 check (unsealed in (0, 1));

update outbox_button set unsealed = 1;
