-- name: add(id, upload_id, scope_id, name, file_digest, reason, created_by, now)^
insert into roster_import (
    id, upload_id, scope_id, state, name, file_digest, reason, created_by, created_at, changed_at)
values (
    :id, :upload_id, :scope_id, 'looking', :name, :file_digest, :reason, :created_by, :now, :now)
returning id;

-- name: get(id)^
select
    id, upload_id, scope_id, state, name, head, mapping, rule, total, worked, fault, reason,
    created_by, created_at, changed_at
from roster_import where id = :id;

-- name: of_places(places, most)
select
    id, upload_id, scope_id, state, name, head, mapping, rule, total, worked, fault, reason,
    created_by, created_at, changed_at
from roster_import
where scope_id in (select value from json_each(:places)) and state <> 'dropped'
order by created_at desc, id desc limit :most;

-- name: everything(most)
select
    id, upload_id, scope_id, state, name, head, mapping, rule, total, worked, fault, reason,
    created_by, created_at, changed_at
from roster_import where state <> 'dropped'
order by created_at desc, id desc limit :most;

-- name: alike(scope_id, file_digest, id)
-- The same file, brought in before and not undone.
select id, created_at from roster_import
where scope_id = :scope_id and file_digest = :file_digest and id <> :id and state = 'done'
order by created_at desc limit 1;

-- name: at_work()^
select id from roster_import where state in ('looking', 'reading', 'taking', 'undoing')
order by created_at, id limit 1;

-- name: become(id, was, state, now)^
-- Of two who decide at once, one gets a row.
update roster_import set state = :state, worked = 0, changed_at = :now
where id = :id and state = :was
returning id;

-- name: keep_head(id, head, mapping, total, now)^
update roster_import set
    state = 'mapping', head = :head, mapping = :mapping, total = :total, changed_at = :now
where id = :id and state = 'looking'
returning id;

-- name: keep_mapping(id, mapping, now)^
update roster_import set mapping = :mapping, changed_at = :now
where id = :id and state in ('mapping', 'checked')
returning id;

-- name: keep_rule(id, rule, now)^
update roster_import set rule = :rule, changed_at = :now
where id = :id and state = 'checked'
returning id;

-- name: advance(id, state, worked, total, now)^
update roster_import set
    worked = :worked,
    total = case when total < :total then :total else total end,
    changed_at = :now
where id = :id and state = :state
returning id;

-- name: fail(id, fault, now)^
update roster_import set state = 'failed', fault = :fault, changed_at = :now
where id = :id
returning id;

-- name: let_go_of_file(id)^
update roster_import set upload_id = null where id = :id returning id;

-- name: add_row(import_id, line, verdict, fault, note, roles, state, person_id, content)
insert into roster_import_row (
    import_id, line, verdict, fault, note, roles, state, person_id, content)
values (:import_id, :line, :verdict, :fault, :note, :roles, :state, :person_id, :content);

-- name: drop_rows(import_id)
delete from roster_import_row where import_id = :import_id;

-- name: counts(import_id)
select verdict, state, count(*) as rows from roster_import_row
where import_id = :import_id
group by verdict, state;

-- name: fault_counts(import_id)
select fault, count(*) as rows from roster_import_row
where import_id = :import_id and verdict = 'refused'
group by fault order by rows desc, fault;

-- name: note_counts(import_id)
select note, count(*) as rows from roster_import_row
where import_id = :import_id and verdict <> 'refused' and note <> ''
group by note order by rows desc, note;

-- name: rows(import_id, verdict, after, most)
select
    import_id, line, verdict, fault, note, roles, choice, state, person_id, content
from roster_import_row
where import_id = :import_id and verdict = :verdict and line > :after
order by line limit :most;

-- name: choose(import_id, line, choice)^
update roster_import_row set choice = :choice
where import_id = :import_id and line = :line and verdict = 'differs' and state = 'waiting'
returning line;

-- name: to_take(import_id, rule, after, most)
-- Who is new, and of whom the file's values were chosen.
select import_id, line, verdict, roles, person_id, content from roster_import_row
where import_id = :import_id and line > :after and state = 'waiting'
and (verdict = 'new'
    or (verdict = 'differs' and (choice = 'file' or (choice = '' and :rule = 'file'))))
order by line limit :most;

-- name: count_to_take(import_id, rule)^
-- How many `to_take` has: who is new, and of whom the file's values were chosen.
select count(*) as rows from roster_import_row
where import_id = :import_id and state = 'waiting'
and (verdict = 'new'
    or (verdict = 'differs' and (choice = 'file' or (choice = '' and :rule = 'file'))));

-- name: mark(import_id, line, state, verdict, person_id, before)
update roster_import_row set
    state = :state, verdict = :verdict, person_id = :person_id, before = :before, content = null
where import_id = :import_id and line = :line;

-- name: forget_values(import_id)
-- When all is in, only refused rows are needed: they are handed out with their reasons.
update roster_import_row set content = null
where import_id = :import_id and verdict <> 'refused' and content is not null;

-- name: to_undo(import_id, after, most)
-- What this import put on the roster, with what became of it since.
select
    taken.line, taken.verdict, taken.person_id, taken.before, roster_entry.key_id,
    roster_entry.digest, roster_entry.answered_by, roster_entry.import_id as last_import,
    person_key.wrapped,
    case when exists (
        select 1 from interview
        where interview.person_id = taken.person_id and interview.status in ('open', 'paused'))
        or exists (select 1 from talk where talk.person_id = taken.person_id)
        then 1 else 0 end as begun
from roster_import_row as taken
left join roster_entry on roster_entry.person_id = taken.person_id
left join person_key on person_key.person_id = taken.person_id
where taken.import_id = :import_id and taken.line > :after and taken.state = 'taken'
order by taken.line limit :most;

-- name: mark_undone(import_id, line, state, person_id)
update roster_import_row set state = :state, person_id = :person_id, before = null
where import_id = :import_id and line = :line;

-- name: persons(import_id, township_id, after, most)
-- Who of the file is waited for, with what is known of them, by line.
select
    seen.line, roster_entry.person_id, roster_entry.township_id, roster_entry.answers,
    person_key.wrapped,
    case when exists (
        select 1 from personal_code
        where personal_code.person_id = roster_entry.person_id
        and personal_code.kind = 'roster' and personal_code.used_at is null)
        then 1 else 0 end as has_code
from roster_import_row as seen
join roster_entry
    on roster_entry.person_id = seen.person_id and roster_entry.answered_by is null
join person_key on person_key.person_id = roster_entry.person_id
where seen.import_id = :import_id and seen.line > :after
and (cast(:township_id as text) = '' or roster_entry.township_id = cast(:township_id as text))
order by seen.line limit :most;

-- name: townships(import_id)
select roster_entry.township_id, count(*) as people
from roster_import_row as seen
join roster_entry
    on roster_entry.person_id = seen.person_id and roster_entry.answered_by is null
where seen.import_id = :import_id
group by roster_entry.township_id order by roster_entry.township_id;

-- name: old_ones(before)
-- Files that nobody went on with, and those whose refused rows were kept long enough.
select id, state, upload_id from roster_import
where changed_at < :before and state <> 'dropped'
and (head is not null or upload_id is not null);

-- name: forget_contents(import_id)
update roster_import_row set content = null where import_id = :import_id and content is not null;

-- name: forget_head(id)^
update roster_import set head = null, upload_id = null where id = :id returning id;
