-- name: acquire(name, holder, span)^
insert into lease (name, holder, fencing, expires_at)
values (
    :name, :holder, 1,
    cast((julianday('now') - 2440587.5) * 86400000000 as integer) + :span)
on conflict (name) do update set
    holder = excluded.holder, fencing = lease.fencing + 1, expires_at = excluded.expires_at
where lease.expires_at <= cast((julianday('now') - 2440587.5) * 86400000000 as integer)
returning fencing;

-- name: renew(name, holder, fencing, span)^
update lease set
    expires_at = cast((julianday('now') - 2440587.5) * 86400000000 as integer) + :span
where name = :name and holder = :holder and fencing = :fencing
and expires_at > cast((julianday('now') - 2440587.5) * 86400000000 as integer)
returning fencing;
