-- name: count_up(kind, digest, hour)^
insert into attempt (kind, subject_digest, hour, count)
values (:kind, :digest, :hour, 1)
on conflict (kind, subject_digest, hour) do update set count = attempt.count + 1
returning count;

-- name: count(kind, digest, hour)^
select count from attempt where kind = :kind and subject_digest = :digest and hour = :hour;

-- name: purge(hour)
delete from attempt where hour < :hour returning hour;
