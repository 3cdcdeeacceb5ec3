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
    look_at, taken_by, reminder_id, cycle
from station_case where id = :id;

-- name: of_station(township_id)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle
from station_case where township_id = :township_id and closed_at is null
order by created_at, id;

-- name: of_places(places)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle
from station_case
where closed_at is null and township_id in (select value from json_each(:places))
order by created_at, id;

-- name: move(person_id, from_person_id)
update station_case set person_id = :person_id where person_id = :from_person_id returning id;

-- name: purge(before)
delete from station_case where closed_at < :before returning id;
