-- name: take(most)
delete from headcount_delta
where number in (
    select number from headcount_delta order by number limit :most for update skip locked)
returning place_id, other_id, reason, delta, at;

-- name: counts(places)
select place_id, count from headcount
where place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place));

-- name: counts_on(places, day)
select place_id, cast(sum(count) as bigint) as count from headcount_day
where day <= :day and place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
group by place_id;

-- name: ledger(place_id, first, last)
select told.reason, cast(sum(told.count) as bigint) as count
from (
    select case when day < :first then '' else reason end as reason, count
    from headcount_day
    where place_id = :place_id and day <= :last) as told
group by told.reason;

-- name: too_young(places, today)
select roster_entry.township_id as place_id, count(*) as count
from roster_entry
join person on person.id = roster_entry.person_id
where roster_entry.township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and roster_entry.ripe_on > :today and roster_entry.answered_by is null
and person.state = 'active' and person.counts = 1
group by roster_entry.township_id;
