-- name: of_places(places, most)
select
    id, upload_id, scope_id, state, name, cast(null as bytea) as head, mapping, total, worked,
    accepted, rejected, known, unmatched, fault, created_by, taken_by, created_at, changed_at
from answer_import
where scope_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and state <> 'dropped'
order by created_at desc, id desc limit :most;

-- name: become(id, was, state, by, now)^
update answer_import set state = :state, worked = 0,
    taken_by = coalesce(cast(:by as text), taken_by), changed_at = :now
where id = :id and state = :was
returning id;

-- name: match(digests)
select
    encode(batch_row.digest, 'hex') as digest, batch_row.batch_id, batch_row.part, batch_row.line,
    batch_row.outcome, batch.county_id
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.digest in (
    select decode(one, 'hex')
    from json_array_elements_text(cast(:digests as json)) as wanted (one))
and batch_row.person_id <> '' and batch.taken_at is not null
order by batch.taken_at desc, batch.id desc;

-- name: match_lines(batch_id, part, lines)
select batch_row.batch_id, batch_row.part, batch_row.line, batch_row.outcome, batch.county_id
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.batch_id = :batch_id and batch_row.part = :part
and batch_row.line in (
    select cast(one as bigint)
    from json_array_elements_text(cast(:lines as json)) as wanted (one))
and batch_row.person_id <> '' and batch.taken_at is not null;
