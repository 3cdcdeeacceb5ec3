-- name: get(person_id)^
select weekday, hour, paused_until from reminder_preference where person_id = :person_id;

-- name: set_time(person_id, weekday, hour)^
insert into reminder_preference (person_id, weekday, hour) values (:person_id, :weekday, :hour)
on conflict (person_id) do update set weekday = excluded.weekday, hour = excluded.hour
returning person_id;

-- name: pause(person_id, paused_until)^
insert into reminder_preference (person_id, paused_until) values (:person_id, :paused_until)
on conflict (person_id) do update set paused_until = excluded.paused_until
returning person_id;
