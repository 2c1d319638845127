-- From where an update comes, by Telegram's numbers, so that nobody's flood is worked off before others are heard.

alter table inbox add column chat integer;
alter table inbox add column sender integer;

-- Handled updates are dropped by age.
create index inbox_handled on inbox (received_at) where state = 'done';
