-- name: ask(id, kind, county_id, cycle, who, reason, mapping_id, choice, why, now)^
insert into batch (
    id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at, state,
    scope_id, mapping_id, choice, why)
values (
    :id, :kind, :county_id, :cycle, :who, :reason, 0, 0, '', :now, 'asked', :county_id,
    :mapping_id, :choice, :why)
on conflict (scope_id) where state in ('asked', 'making', 'ready') do nothing
returning id;

-- name: get(id)^
select
    id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at, state,
    mapping_id, choice, worked, counts, fault, password is not null as has_password, why,
    expires_at, approved_by, approved_at, taken_by, taken_at
from batch where id = :id;

-- name: of_places(places, most)
select
    id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at, state,
    mapping_id, choice, worked, counts, fault, password is not null as has_password, why,
    expires_at, approved_by, approved_at, taken_by, taken_at
from batch where scope_id in (select value from json_each(:places))
order by created_at desc, id desc limit :most;

-- name: open_of(county_id)^
select
    id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at, state,
    mapping_id, choice, worked, counts, fault, password is not null as has_password, why,
    expires_at, approved_by, approved_at, taken_by, taken_at
from batch where scope_id = :county_id and state in ('asked', 'making', 'ready');

-- name: to_make()
-- Asked for, or begun by somebody who did not come to the end; the lease tells them apart.
select id from batch where state in ('asked', 'making') and kind = 'console'
order by created_at, id;

-- name: begin(id)^
update batch set state = 'making', worked = 0 where id = :id and state in ('asked', 'making')
returning id;

-- name: note_worked(id, worked)^
update batch set worked = :worked where id = :id and state = 'making' returning id;

-- name: finish(id, state, row_count, held_back, worked, counts, file_digest, password, expires_at)^
update batch set
    state = :state, row_count = :row_count, held_back = :held_back, worked = :worked,
    counts = :counts, file_digest = :file_digest, password = :password, expires_at = :expires_at
where id = :id and state = 'making'
returning id;

-- name: fail(id, fault)^
update batch set state = 'failed', fault = :fault where id = :id and state in ('asked', 'making')
returning id;

-- name: drop(id)^
update batch set state = 'dropped', password = null
where id = :id and state in ('asked', 'making', 'ready')
returning id;

-- name: approve(id, by, now)^
update batch set approved_by = :by, approved_at = :now
where id = :id and state = 'ready' and approved_by is null and who <> 'staff:' || :by
returning id;

-- name: password(id)^
select password from batch where id = :id and password is not null;

-- name: hide_password(id)^
update batch set password = null where id = :id and password is not null returning id;

-- name: take(id, by, now)^
update batch set
    state = 'taken', taken_by = coalesce(taken_by, :by), taken_at = coalesce(taken_at, :now)
where id = :id and state in ('ready', 'taken')
returning taken_at;

-- name: taken_alone(id, who, since)^
select cast(coalesce(sum(row_count + held_back), 0) as bigint) as total from batch
where who = :who and id <> :id and approved_by is null and taken_at >= :since;

-- name: expire(now)
update batch set state = 'expired', password = null
where state in ('ready', 'taken') and expires_at <= :now
returning id;

-- name: add_file(batch_id, part, name, row_count, digest, content)^
insert into batch_file (batch_id, part, name, row_count, digest, content)
values (:batch_id, :part, :name, :row_count, :digest, :content)
returning part;

-- name: files(batch_id)
select part, name, row_count, digest, length(content) as size from batch_file
where batch_id = :batch_id order by part;

-- name: content(batch_id, part)^
select name, content from batch_file
where batch_id = :batch_id and part = :part and length(content) > 0;

-- name: empty_files(batch_id)
update batch_file set content = substr(content, 1, 0)
where batch_id = :batch_id and length(content) > 0
returning part;

-- name: clear_files(batch_id)
delete from batch_file where batch_id = :batch_id returning part;
