-- name: take(most)
delete from progress_delta
where number in (
    select number from progress_delta order by number limit :most for update skip locked)
returning place_id, cycle, stage, delta, at;

-- name: counts(cycle, places)
select place_id, stage, count from progress
where cycle = :cycle and place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place));

-- name: since(cycle, places, day)
select place_id, stage, cast(sum(count) as bigint) as count
from progress_day
where cycle = :cycle and day > :day and place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
group by place_id, stage;

-- name: begun(places)
select place_id, count(*) as count from begun_interview
where place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
group by place_id;
