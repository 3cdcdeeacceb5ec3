-- name: add(digest, staff_id, kind, created_at, expires_at)^
insert into console_link (digest, staff_id, kind, created_at, expires_at)
values (:digest, :staff_id, :kind, :created_at, :expires_at)
returning staff_id;

-- name: find(digest, now)^
select staff_id, kind, expires_at from console_link
where digest = :digest and used_at is null and expires_at > :now;

-- name: use(digest, now)^
update console_link set used_at = :now
where digest = :digest and used_at is null and expires_at > :now
returning staff_id, kind, expires_at;

-- name: drop_unused(staff_id, kind)
delete from console_link where staff_id = :staff_id and kind = :kind and used_at is null
returning staff_id;

-- name: drop_of_staff(staff_id)
delete from console_link where staff_id = :staff_id returning staff_id;

-- name: purge(before)
delete from console_link where expires_at < :before returning staff_id;
