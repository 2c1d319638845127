-- The files of answers to inspections are fetched as those of reports are.
insert into evidence_wanted (file_id)
    select distinct json_extract(file.value, '$.file_id') from inspection_answer_version, json_each(files) file
    where json_extract(file.value, '$.file_id') not in (select file_id from evidence)
    on conflict (file_id) do nothing;
