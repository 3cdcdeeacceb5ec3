-- name: owners(digests)
select encode(batch_row.digest, 'hex') as digest, batch_row.person_id
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.digest in (
    select decode(one, 'hex')
    from json_array_elements_text(cast(:digests as json)) as wanted (one))
and batch.taken_at is not null
group by batch_row.digest, batch_row.person_id;

-- name: held(batch_id, places, reason, after, most)
select
    batch_held.person_id, batch_held.report_id, batch_held.township_id, batch_held.reasons,
    batch_held.roles, report.state, report.form_hash, report.answers, person_key.wrapped
from batch_held
join report on report.id = batch_held.report_id
join person_key on person_key.person_id = batch_held.person_id
where batch_held.batch_id = :batch_id and batch_held.person_id > :after
and coalesce(batch_held.township_id, '') in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and (cast(:reason as text) = ''
    or ',' || batch_held.reasons || ',' like '%,' || :reason || ',%')
order by batch_held.person_id
limit :most;
