-- name: add(kind, day, reason, count)^
insert into tally (kind, day, reason, count) values (:kind, :day, :reason, :count)
on conflict (kind, day, reason) do update set count = tally.count + excluded.count
returning count;

-- name: of_kind(kind)
select day, reason, count from tally where kind = :kind order by day, reason;
