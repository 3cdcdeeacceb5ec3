-- name: add(person_id, told_at, reason, left_on, told_by)^
insert into departure (person_id, told_at, reason, left_on, told_by)
values (:person_id, :told_at, :reason, :left_on, :told_by)
on conflict (person_id, told_at) do update set
    reason = excluded.reason, left_on = excluded.left_on, told_by = excluded.told_by
returning person_id;

-- name: of_person(person_id)
select told_at, reason, left_on, told_by, returned_at
from departure where person_id = :person_id order by told_at;

-- name: come_back(person_id, now)
update departure set returned_at = :now where person_id = :person_id and returned_at is null
returning person_id;
