-- name: take(most)
delete from headcount_delta
where number in (
    select number from headcount_delta order by number limit :most for update skip locked)
returning place_id, other_id, reason, delta, at;

-- name: ledger(place_id, first, last)
select told.reason, cast(sum(told.count) as bigint) as count
from (
    select case when day < :first then '' else reason end as reason, count
    from headcount_day
    where place_id = :place_id and day <= :last) as told
group by told.reason;
