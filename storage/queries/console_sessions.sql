-- name: add(digest, staff_id, level, created_at, expires_at)^
insert into console_session (digest, staff_id, level, created_at, seen_at, expires_at)
values (:digest, :staff_id, :level, :created_at, :created_at, :expires_at)
returning staff_id;

-- name: find(digest, now, idle_since)^
select digest, staff_id, level, created_at, seen_at, expires_at
from console_session
where digest = :digest and expires_at > :now and seen_at > :idle_since;

-- name: of_staff(staff_id, now, idle_since)
select digest, staff_id, level, created_at, seen_at, expires_at
from console_session
where staff_id = :staff_id and expires_at > :now and seen_at > :idle_since
order by created_at, digest;

-- name: touch(digest, now)^
update console_session set seen_at = :now where digest = :digest returning digest;

-- name: drop(digest)^
delete from console_session where digest = :digest returning staff_id;

-- name: drop_of_staff(staff_id)
delete from console_session where staff_id = :staff_id returning staff_id;

-- name: drop_others(staff_id, digest)
delete from console_session where staff_id = :staff_id and digest <> :digest returning staff_id;

-- name: purge(before)
delete from console_session where expires_at < :before returning staff_id;
