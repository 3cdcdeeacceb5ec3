-- name: of(cycle, places)
select place_id, people, set_by, set_at, reason from target
where cycle = :cycle and place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place));
