-- name: one_moment()^
set transaction isolation level repeatable read;

-- name: standing(county_id, offset)
select told.place_id, told.cycle, told.stage, told.day, count(*) as count
from (
    select
        coalesce(township_id, county_id) as place_id, cycle, stage,
        (changed_at + cast(:offset as bigint)) / 86400000000 as day
    from cycle_standing where county_id = :county_id) as told
group by told.place_id, told.cycle, told.stage, told.day;

-- name: standing_nowhere(offset)
select told.place_id, told.cycle, told.stage, told.day, count(*) as count
from (
    select
        coalesce(township_id, '') as place_id, cycle, stage,
        (changed_at + cast(:offset as bigint)) / 86400000000 as day
    from cycle_standing where county_id is null) as told
group by told.place_id, told.cycle, told.stage, told.day;
