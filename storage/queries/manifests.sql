-- name: add_row(batch_id, part, line, key_id, digest, person_id, report_id)
insert into batch_row (batch_id, part, line, key_id, digest, person_id, report_id)
values (:batch_id, :part, :line, :key_id, :digest, :person_id, :report_id);

-- name: add_held(batch_id, person_id, report_id, township_id, reasons, roles)
insert into batch_held (batch_id, person_id, report_id, township_id, reasons, roles)
values (:batch_id, :person_id, :report_id, :township_id, :reasons, :roles);

-- name: clear_rows(batch_id)
delete from batch_row where batch_id = :batch_id;

-- name: clear_held(batch_id)
delete from batch_held where batch_id = :batch_id;

-- name: owners(digests)
-- Whose numbers went out before, of all counties and years; only what left the house counts.
select lower(hex(batch_row.digest)) as digest, batch_row.person_id
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.digest in (select unhex(value) from json_each(:digests))
and batch.taken_at is not null
group by lower(hex(batch_row.digest)), batch_row.person_id;

-- name: parts(batch_id)
select part, count(*) as total, min(line) as first_line, max(line) as last_line
from batch_row where batch_id = :batch_id group by part order by part;

-- name: erased(batch_id)^
-- Rows of people who were erased while their batch was made.
select count(*) as total from batch_row
where batch_id = :batch_id
and not exists (select 1 from person_key where person_key.person_id = batch_row.person_id);

-- name: outdated(batch_id)^
select own.line from batch_row as own
where own.batch_id = :batch_id
and (exists (
        select 1 from report
        where report.id = own.report_id and report.state in ('returned', 'rejected'))
    or exists (
        select 1 from batch_row as other
        join batch on batch.id = other.batch_id
        where other.digest = own.digest and other.batch_id <> own.batch_id
        and other.person_id <> own.person_id and batch.taken_at is not null))
limit 1;

-- name: mark_exported(batch_id, part, first_line, last_line, now)
update report set state = 'exported', state_at = :now
where state in ('submitted', 'verified') and id in (
    select report_id from batch_row
    where batch_id = :batch_id and part = :part
    and line >= :first_line and line <= :last_line);

-- name: held(batch_id, places, reason, after, most)
select
    batch_held.person_id, batch_held.report_id, batch_held.township_id, batch_held.reasons,
    batch_held.roles, report.state, report.form_hash, report.answers, person_key.wrapped
from batch_held
join report on report.id = batch_held.report_id
join person_key on person_key.person_id = batch_held.person_id
where batch_held.batch_id = :batch_id and batch_held.person_id > :after
and coalesce(batch_held.township_id, '') in (select value from json_each(:places))
and (:reason = '' or ',' || batch_held.reasons || ',' like '%,' || :reason || ',%')
order by batch_held.person_id
limit :most;

-- name: held_one(batch_id, person_id)^
select
    batch_held.person_id, batch_held.report_id, batch_held.township_id, batch_held.reasons,
    batch_held.roles, report.state, report.form_hash, report.answers, person_key.wrapped
from batch_held
join report on report.id = batch_held.report_id
join person_key on person_key.person_id = batch_held.person_id
where batch_held.batch_id = :batch_id and batch_held.person_id = :person_id;

-- name: lines(batch_id)
select part, line, person_id, report_id, length(digest) as size from batch_row
where batch_id = :batch_id order by part, line;
