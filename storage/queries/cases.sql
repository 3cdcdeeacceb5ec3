-- name: open(id, kind, township_id, person_id, chat_id, created_at)^
insert into station_case (id, kind, township_id, person_id, chat_id, created_at)
values (:id, :kind, :township_id, :person_id, :chat_id, :created_at)
returning id;

-- name: call_for(id, kind, township_id, person_id, chat_id, reminder_id, cycle, priority, created_at)^
-- Whoever is looked after already, or was in this cycle, is not called twice.
insert into station_case (
    id, kind, township_id, person_id, chat_id, reminder_id, cycle, priority, created_at)
select
    :id, :kind, :township_id, :person_id, :chat_id, :reminder_id, :cycle, :priority, :created_at
where not exists (
    select 1 from station_case
    where person_id = :person_id and kind in ('silent', 'unreachable')
    and (closed_at is null or cycle = :cycle))
returning id;

-- name: open_of_chat(kind, chat_id)^
select id from station_case where kind = :kind and chat_id = :chat_id and closed_at is null;

-- name: open_about(kind, person_id)^
select id from station_case
where kind = :kind and person_id = :person_id and closed_at is null;

-- name: close(id, closed_at, closed_by, outcome)^
update station_case set closed_at = :closed_at, closed_by = :closed_by, outcome = :outcome
where id = :id and closed_at is null
returning id;

-- name: get(id)^
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle, taken_at
from station_case where id = :id;

-- name: of_station(township_id)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle, taken_at
from station_case where township_id = :township_id and closed_at is null
order by created_at, id;

-- name: of_places(places)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle, taken_at
from station_case
where closed_at is null and township_id in (select value from json_each(:places))
order by created_at, id;

-- name: move(person_id, from_person_id)
update station_case set person_id = :person_id where person_id = :from_person_id returning id;

-- name: follow(person_id, place_id)
-- Whom somebody asked for, they asked for; the rest is for the station of where they live now.
update station_case set township_id = :place_id, taken_by = null, taken_at = 0
where person_id = :person_id and closed_at is null and kind <> 'human'
and township_id <> :place_id
returning id;

-- name: listed(places)
-- The open cases of these places, with what their order depends on.
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
where closed_at is null and station_case.township_id in (select value from json_each(:places))
order by station_case.created_at, station_case.id;

-- name: listed_one(id)^
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
where closed_at is null and station_case.id = :id;

-- name: take(id, taken_by, now, before)^
-- Nobody else works on it, or they left it long ago.
update station_case set taken_by = :taken_by, taken_at = :now
where id = :id and closed_at is null
and (taken_by is null or taken_by = :taken_by or taken_at < :before)
returning id;

-- name: release(id, taken_by)
update station_case set taken_by = null, taken_at = 0
where id = :id and taken_by = :taken_by
returning id;

-- name: look_later(id, look_at, outcome)^
update station_case set look_at = :look_at, outcome = :outcome, taken_by = null, taken_at = 0
where id = :id and closed_at is null
returning id;

-- name: close_calls(person_id, closed_at, closed_by, outcome)
-- Whatever a report answers.
update station_case set closed_at = :closed_at, closed_by = :closed_by, outcome = :outcome
where person_id = :person_id and closed_at is null
and kind in ('silent', 'unreachable', 'turned_16')
returning id;

-- name: purge_steps(before)
delete from case_step
where case_id in (select id from station_case where closed_at < :before)
returning id;

-- name: purge(before)
delete from station_case where closed_at < :before returning id;
