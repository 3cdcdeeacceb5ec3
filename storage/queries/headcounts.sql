-- name: take(most)
delete from headcount_delta
where number in (select number from headcount_delta order by number limit :most)
returning place_id, other_id, reason, delta, at;

-- name: add(place_id, count)
insert into headcount (place_id, count) values (:place_id, :count)
on conflict (place_id) do update set count = headcount.count + excluded.count;

-- name: add_day(place_id, day, reason, count)
insert into headcount_day (place_id, day, reason, count)
values (:place_id, :day, :reason, :count)
on conflict (place_id, day, reason) do update set count = headcount_day.count + excluded.count;

-- name: counts(places)
select place_id, count from headcount
where place_id in (select value from json_each(:places));

-- name: counts_on(places, day)
select place_id, cast(sum(count) as bigint) as count from headcount_day
where day <= :day and place_id in (select value from json_each(:places))
group by place_id;

-- name: ledger(place_id, first, last)
-- Before the first day under '', then by reason up to the last one.
select
    case when day < :first then '' else reason end as reason,
    cast(sum(count) as bigint) as count
from headcount_day
where place_id = :place_id and day <= :last
group by case when day < :first then '' else reason end;

-- name: waiting()
select place_id, other_id, reason, at / 900000000 as quarter, cast(sum(delta) as bigint) as count
from headcount_delta
group by place_id, other_id, reason, at / 900000000;

-- name: too_young(places, today)
-- They are looked after, and asked when they turn 16: no rate waits for them.
select roster_entry.township_id as place_id, count(*) as count
from roster_entry
join person on person.id = roster_entry.person_id
where roster_entry.township_id in (select value from json_each(:places))
and roster_entry.ripe_on > :today and roster_entry.answered_by is null
and person.state = 'active' and person.counts = 1
group by roster_entry.township_id;

-- name: too_young_everywhere(today)
select roster_entry.township_id as place_id, count(*) as count
from roster_entry
join person on person.id = roster_entry.person_id
where roster_entry.ripe_on > :today and roster_entry.answered_by is null
and person.state = 'active' and person.counts = 1
group by roster_entry.township_id;
