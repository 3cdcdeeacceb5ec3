-- name: add(id, upload_id, scope_id, name, file_digest, created_by, now)^
insert into answer_import (
    id, upload_id, scope_id, state, name, file_digest, created_by, created_at, changed_at)
values (:id, :upload_id, :scope_id, 'looking', :name, :file_digest, :created_by, :now, :now)
returning id;

-- name: get(id)^
select
    id, upload_id, scope_id, state, name, head, mapping, total, worked, accepted, rejected, known,
    unmatched, fault, created_by, taken_by, created_at, changed_at
from answer_import where id = :id;

-- name: of_places(places, most)
select
    id, upload_id, scope_id, state, name, null as head, mapping, total, worked, accepted, rejected,
    known, unmatched, fault, created_by, taken_by, created_at, changed_at
from answer_import
where scope_id in (select value from json_each(:places)) and state <> 'dropped'
order by created_at desc, id desc limit :most;

-- name: everything(most)
select
    id, upload_id, scope_id, state, name, null as head, mapping, total, worked, accepted, rejected,
    known, unmatched, fault, created_by, taken_by, created_at, changed_at
from answer_import where state <> 'dropped'
order by created_at desc, id desc limit :most;

-- name: alike(scope_id, file_digest, id)^
select created_at from answer_import
where scope_id = :scope_id and file_digest = :file_digest and id <> :id and state = 'done'
order by created_at desc limit 1;

-- name: at_work()
select id from answer_import where state in ('looking', 'reading', 'taking')
order by created_at, id;

-- name: become(id, was, state, by, now)^
update answer_import set state = :state, worked = 0, taken_by = coalesce(:by, taken_by),
    changed_at = :now
where id = :id and state = :was
returning id;

-- name: keep_head(id, head, mapping, total, now)^
update answer_import set
    state = 'mapping', head = :head, mapping = :mapping, total = :total, changed_at = :now
where id = :id and state = 'looking'
returning id;

-- name: keep_mapping(id, head, mapping, now)^
update answer_import set
    state = 'mapping', head = :head, mapping = :mapping, changed_at = :now
where id = :id and state in ('mapping', 'checked')
returning id;

-- name: keep_seen(id, head)^
update answer_import set head = :head where id = :id returning id;

-- name: advance(id, state, worked, now)^
update answer_import set worked = :worked, changed_at = :now
where id = :id and state = :state
returning id;

-- name: note_counts(id)^
update answer_import set
    accepted = (select count(*) from answer_import_row
        where import_id = :id and verdict = 'accepted'),
    rejected = (select count(*) from answer_import_row
        where import_id = :id and verdict = 'rejected'),
    known = (select count(*) from answer_import_row
        where import_id = :id and verdict = 'known'),
    unmatched = (select count(*) from answer_import_row
        where import_id = :id and verdict = 'unmatched')
where id = :id
returning id;

-- name: fail(id, fault, now)^
update answer_import set state = 'failed', fault = :fault, head = null, changed_at = :now
where id = :id and state not in ('done', 'taking')
returning id;

-- name: let_go_of_file(id)^
update answer_import set upload_id = null where id = :id returning id;

-- name: forget_words(id)
update answer_import_row set content = null where import_id = :id and content is not null;

-- name: forget_head(id)^
update answer_import set head = null where id = :id returning id;

-- name: add_row(import_id, line, verdict, fault, batch_id, part, batch_line, reason, content)
insert into answer_import_row (
    import_id, line, verdict, fault, batch_id, part, batch_line, reason, content)
values (
    :import_id, :line, :verdict, :fault, :batch_id, :part, :batch_line, :reason, :content);

-- name: drop_rows(import_id)
delete from answer_import_row where import_id = :import_id;

-- name: drop_reasons(import_id)
delete from answer_reason where import_id = :import_id;

-- name: put_reason(import_id, number, key, roles, words, total, choice)
insert into answer_reason (import_id, number, key, roles, words, total, choice)
values (:import_id, :number, :key, :roles, :words, :total, :choice)
on conflict (import_id, number) do update set total = excluded.total;

-- name: reasons(import_id)
select number, key, roles, words, total, choice from answer_reason
where import_id = :import_id order by total desc, number;

-- name: choose(import_id, number, choice)
update answer_reason set choice = :choice
where import_id = :import_id and number = :number and exists (
    select 1 from answer_import
    where answer_import.id = answer_reason.import_id and answer_import.state = 'checked');

-- name: unmatched(import_id, after, most)
select line, fault from answer_import_row
where import_id = :import_id and verdict = 'unmatched' and line > :after
order by line limit :most;

-- name: came(import_id)
select came, count(*) as total from answer_import_row
where import_id = :import_id and came <> '' group by came order by came;

-- name: seen(import_id)
-- Which rows of batches the lines read so far are about.
select batch_id, part, batch_line from answer_import_row
where import_id = :import_id and batch_id is not null;

-- name: match(digests)
-- The rows of batches that left the house which numbers stand in, the latest batch first.
select
    lower(hex(batch_row.digest)) as digest, batch_row.batch_id, batch_row.part, batch_row.line,
    batch_row.outcome, batch.county_id
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.digest in (select unhex(value) from json_each(:digests))
and batch_row.person_id <> '' and batch.taken_at is not null
order by batch.taken_at desc, batch.id desc;

-- name: match_lines(batch_id, part, lines)
select batch_row.batch_id, batch_row.part, batch_row.line, batch_row.outcome, batch.county_id
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.batch_id = :batch_id and batch_row.part = :part
and batch_row.line in (select value from json_each(:lines))
and batch_row.person_id <> '' and batch.taken_at is not null;

-- name: next_rows(import_id, asks, most)
-- What is still to be taken. Of the reasons that a worker is asked for only when `asks` is 1.
select
    own.line, own.verdict, own.batch_id, own.part, own.batch_line, own.content,
    batch_row.person_id, batch_row.report_id, batch_row.outcome, report.state, report.form_hash,
    report.version, person_key.wrapped, person.state as person_state, person.township_id,
    person.county_id, projection.report_id as last_report_id, reason.key as reason_key,
    reason.roles, reason.choice
from answer_import_row as own
join batch_row on batch_row.batch_id = own.batch_id and batch_row.part = own.part
    and batch_row.line = own.batch_line
left join report on report.id = batch_row.report_id
left join projection on projection.person_id = batch_row.person_id
left join person on person.id = batch_row.person_id
left join person_key on person_key.person_id = batch_row.person_id
left join answer_reason as reason
    on reason.import_id = own.import_id and reason.number = own.reason
where own.import_id = :import_id and own.state = 'waiting'
and own.verdict in ('accepted', 'rejected')
and (:asks = 1 or own.verdict = 'accepted' or coalesce(reason.choice, 'station') <> 'worker')
order by own.line limit :most;

-- name: left(import_id)^
select count(*) as total from answer_import_row
where import_id = :import_id and state = 'waiting' and verdict in ('accepted', 'rejected');

-- name: took(import_id, line, came)
update answer_import_row set state = 'taken', came = :came, content = null
where import_id = :import_id and line = :line and state = 'waiting';

-- name: answer_row(batch_id, part, line, outcome, words, now)
update batch_row set outcome = :outcome, words = :words, answered_at = :now
where batch_id = :batch_id and part = :part and line = :line and person_id <> '';

-- name: accept_report(id, now)
update report set state = 'accepted', state_at = :now
where id = :id and state in ('exported', 'rejected');

-- name: reject_report(id, now)^
update report set state = 'rejected', state_at = :now
where id = :id and state in ('exported', 'accepted')
returning id;

-- name: send_again(id, now)^
-- The report that counts, and nothing newer.
update report set state = 'verified', state_at = :now
where id = :id and state = 'rejected' and not exists (
    select 1 from report as newer
    where newer.person_id = report.person_id and newer.version > report.version)
returning id;

-- name: batch_parts(batch_id)
select part, min(line) as first_line, max(line) as last_line from batch_row
where batch_id = :batch_id group by part order by part;

-- name: accept_rest_rows(batch_id, part, first_line, last_line, now)
update batch_row set outcome = 'accepted', answered_at = :now
where batch_id = :batch_id and part = :part and line >= :first_line and line <= :last_line
and outcome = '' and person_id <> '';

-- name: accept_rest(batch_id, part, first_line, last_line)
update report set state = 'accepted', state_at = coalesce((
    select max(answered_at) from batch_row where batch_row.report_id = report.id), state_at)
where state = 'exported' and id in (
    select report_id from batch_row
    where batch_id = :batch_id and part = :part and line >= :first_line and line <= :last_line
    and outcome = 'accepted');

-- name: settle_query(report_id, now)
update report_query set answered_at = :now
where report_id = :report_id and answered_at is null;

-- name: settle_cases(person_id, by, outcome, now)
update station_case set closed_at = :now, closed_by = :by, outcome = :outcome
where person_id = :person_id and kind in ('returned', 'rejected') and closed_at is null;

-- name: old_ones(before)
select id, upload_id, state from answer_import
where changed_at < :before and (upload_id is not null or head is not null)
and state <> 'taking';
