-- name: give(person_id, version, given_at, sensitive_given_at)^
insert into consent (person_id, version, given_at, sensitive_given_at)
values (:person_id, :version, :given_at, :sensitive_given_at)
on conflict (person_id, version) do update set
    given_at = excluded.given_at, sensitive_given_at = excluded.sensitive_given_at,
    withdrawn_at = null
returning version;

-- name: copy(person_id, from_person_id)
insert into consent (person_id, version, given_at, sensitive_given_at, withdrawn_at)
select cast(:person_id as text), version, given_at, sensitive_given_at, withdrawn_at
from consent where person_id = :from_person_id
on conflict (person_id, version) do update set
    given_at = excluded.given_at, sensitive_given_at = excluded.sensitive_given_at,
    withdrawn_at = excluded.withdrawn_at
returning version;

-- name: of_person(person_id)
select version, given_at, sensitive_given_at, withdrawn_at
from consent where person_id = :person_id order by given_at;
