-- What the document says of a task beside units and dates, a line each: 责任人：张某, 县法院（列席）. Nobody is reminded for it.
alter table task add column others text not null default '';
