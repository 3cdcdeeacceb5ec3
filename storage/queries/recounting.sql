-- name: one_moment()^
-- SQLite's writing transaction sees one moment anyhow.
select 1 as seen;

-- name: standing(county_id, offset)
select
    coalesce(township_id, county_id) as place_id, cycle, stage,
    (changed_at + :offset) / 86400000000 as day, count(*) as count
from cycle_standing where county_id = :county_id
group by coalesce(township_id, county_id), cycle, stage, (changed_at + :offset) / 86400000000;

-- name: standing_nowhere(offset)
select
    coalesce(township_id, '') as place_id, cycle, stage,
    (changed_at + :offset) / 86400000000 as day, count(*) as count
from cycle_standing where county_id is null
group by coalesce(township_id, ''), cycle, stage, (changed_at + :offset) / 86400000000;

-- name: kept(place_id)
select cycle, stage, count from progress where place_id = :place_id and count <> 0;

-- name: kept_days(place_id)
select cycle, stage, cast(sum(count) as bigint) as count from progress_day
where place_id = :place_id
group by cycle, stage having sum(count) <> 0;

-- name: drop_kept(place_id)
delete from progress where place_id = :place_id;

-- name: drop_kept_days(place_id)
delete from progress_day where place_id = :place_id;

-- name: heads()
select coalesce(township_id, county_id) as place_id, count(*) as count
from person
where state = 'active' and counts = 1 and coalesce(township_id, county_id) is not null
group by coalesce(township_id, county_id);

-- name: kept_heads()
select place_id, count from headcount;

-- name: kept_head_days()
select place_id, cast(sum(count) as bigint) as count from headcount_day group by place_id;

-- name: put_head(place_id, count)
insert into headcount (place_id, count) values (:place_id, :count)
on conflict (place_id) do update set count = excluded.count;

-- name: begun()
select coalesce(person.township_id, person.county_id, '') as place_id, count(*) as count
from interview
join person on person.id = interview.person_id
where interview.purpose = 'first' and interview.status in ('open', 'paused')
group by coalesce(person.township_id, person.county_id, '');

-- name: drop_begun()
delete from begun_interview;

-- name: fill_begun()
insert into begun_interview (interview_id, person_id, place_id)
select interview.id, person.id, coalesce(person.township_id, person.county_id, '')
from interview
join person on person.id = interview.person_id
where interview.purpose = 'first' and interview.status in ('open', 'paused');
