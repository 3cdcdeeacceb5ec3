-- name: of(cycle, places)
select place_id, people, set_by, set_at, reason from target
where cycle = :cycle and place_id in (select value from json_each(:places));

-- name: put(place_id, cycle, people, set_by, set_at, reason)
insert into target (place_id, cycle, people, set_by, set_at, reason)
values (:place_id, :cycle, :people, :set_by, :set_at, :reason)
on conflict (place_id, cycle) do update set
    people = excluded.people, set_by = excluded.set_by, set_at = excluded.set_at,
    reason = excluded.reason;

-- name: drop(place_id, cycle)
delete from target where place_id = :place_id and cycle = :cycle;
