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
