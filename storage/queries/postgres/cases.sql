-- name: of_places(places)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle, taken_at
from station_case
where closed_at is null and township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by created_at, id;

-- name: listed(places)
select
    station_case.id, station_case.kind, station_case.township_id, station_case.person_id,
    station_case.chat_id, station_case.created_at, station_case.closed_at, station_case.closed_by,
    station_case.outcome, station_case.priority, station_case.look_at, station_case.taken_by,
    station_case.reminder_id, station_case.cycle, station_case.taken_at, person.birth_year,
    projection.job_intent, projection.cycle as confirmed_cycle,
    (select count(*) from case_step
     where case_step.case_id = station_case.id and case_step.outcome <> 'told') as tries,
    (select count(*) from case_step
     where case_step.case_id = station_case.id and case_step.outcome = 'wrong') as wrong_numbers
from station_case
left join person on person.id = station_case.person_id
left join projection on projection.person_id = station_case.person_id
where closed_at is null and station_case.township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by station_case.created_at, station_case.id;

-- name: call_for(id, kind, township_id, person_id, chat_id, reminder_id, cycle, priority, created_at)^
insert into station_case (
    id, kind, township_id, person_id, chat_id, reminder_id, cycle, priority, created_at)
select
    cast(:id as text), cast(:kind as text), cast(:township_id as text), cast(:person_id as text),
    cast(:chat_id as text), cast(:reminder_id as text), cast(:cycle as bigint),
    cast(:priority as bigint), cast(:created_at as bigint)
where not exists (
    select 1 from station_case
    where person_id = cast(:person_id as text) and kind in ('silent', 'unreachable')
    and (closed_at is null or cycle = cast(:cycle as bigint)))
returning id;
