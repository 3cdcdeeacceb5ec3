-- name: acquire(name, holder, span)^
insert into lease (name, holder, fencing, expires_at)
values (
    :name, :holder, 1,
    cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) + cast(:span as bigint))
on conflict (name) do update set
    holder = excluded.holder, fencing = lease.fencing + 1, expires_at = excluded.expires_at
where lease.expires_at <= cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)
returning fencing;

-- name: renew(name, holder, fencing, span)^
update lease set
    expires_at = cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) + cast(:span as bigint)
where name = :name and holder = :holder and fencing = :fencing
and expires_at > cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)
returning fencing;
