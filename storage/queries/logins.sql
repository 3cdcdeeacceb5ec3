-- name: put(staff_id, name_digest, name, password, totp, totp_step, changed_at)^
insert into staff_login (staff_id, name_digest, name, password, totp, totp_step, changed_at)
values (:staff_id, :name_digest, :name, :password, :totp, :totp_step, :changed_at)
on conflict (staff_id) do update set
    name_digest = excluded.name_digest, name = excluded.name, password = excluded.password,
    totp = excluded.totp, totp_step = excluded.totp_step, changed_at = excluded.changed_at
returning staff_id;

-- name: named(name_digest)^
select staff_id, name, password, totp, totp_step, changed_at
from staff_login where name_digest = :name_digest;

-- name: of_staff(staff_id)^
select staff_id, name, password, totp, totp_step, changed_at
from staff_login where staff_id = :staff_id;

-- name: with_login(staff_ids)
select staff_id from staff_login where staff_id in (select value from json_each(:staff_ids));

-- name: use_step(staff_id, step)^
update staff_login set totp_step = :step
where staff_id = :staff_id and totp_step < :step
returning staff_id;

-- name: set_password(staff_id, password, changed_at)^
update staff_login set password = :password, changed_at = :changed_at
where staff_id = :staff_id
returning staff_id;

-- name: drop(staff_id)^
delete from staff_login where staff_id = :staff_id returning staff_id;

-- name: failures(name_digest)^
select failed, locked_until from login_failure where name_digest = :name_digest;

-- name: fail(name_digest, locked_until, failed_at)^
insert into login_failure (name_digest, failed, locked_until, failed_at)
values (:name_digest, 1, :locked_until, :failed_at)
on conflict (name_digest) do update set
    failed = login_failure.failed + 1, locked_until = excluded.locked_until,
    failed_at = excluded.failed_at
returning failed;

-- name: forgive(name_digest)^
delete from login_failure where name_digest = :name_digest returning name_digest;

-- name: purge_failures(before)
delete from login_failure where failed_at < :before and locked_until < :before
returning name_digest;
