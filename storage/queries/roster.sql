-- name: add(key_id, digest, person_id, township_id, ripe_on, answers, added_at)^
insert into roster_entry (key_id, digest, person_id, township_id, ripe_on, answers, added_at)
values (:key_id, :digest, :person_id, :township_id, :ripe_on, :answers, :added_at)
on conflict (key_id, digest) do nothing
returning person_id;

-- name: find(key_id, digest)^
select person_id, answered_by from roster_entry where key_id = :key_id and digest = :digest;

-- name: of_person(person_id)^
select person_id, answers, township_id, ripe_on from roster_entry
where person_id = :person_id and answered_by is null;

-- name: holds(person_id)^
select person_id from roster_entry where person_id = :person_id limit 1;

-- name: settle(key_id, digest, person_id, now)
-- Whoever reports the number, or begins from the entry, has answered it.
update roster_entry set answered_by = :person_id, answered_at = :now
where answered_by is null
and (person_id = :person_id or (key_id = :key_id and digest = :digest))
returning person_id;

-- name: spend_codes(person_id, now)
update personal_code set used_at = :now
where used_at is null and kind = 'roster'
and person_id in (select person_id from roster_entry where answered_by = :person_id)
returning person_id;

-- name: to_tidy(most)
-- Entries whose answers are not needed any more; those that are just being filled in wait.
select key_id, digest, person_id, answered_by from roster_entry
where answered_by is not null and answers is not null
and not exists (
    select 1 from interview
    where interview.person_id = roster_entry.person_id and status in ('open', 'paused'))
limit :most;

-- name: hand_on(key_id, digest)^
update roster_entry set person_id = answered_by, answers = null
where key_id = :key_id and digest = :digest
returning person_id;

-- name: waiting(today)
select
    township_id, count(*) as total,
    sum(case when ripe_on is not null and ripe_on > :today then 1 else 0 end) as too_young,
    sum(case when ripe_on is not null and ripe_on <= :today then 1 else 0 end) as newly_ripe
from roster_entry where answered_by is null
group by township_id order by township_id;

-- name: of_township(township_id, today)
-- Whoever is old enough for their first interview.
select person_id, answers from roster_entry
where township_id = :township_id and answered_by is null and answers is not null
and (ripe_on is null or ripe_on <= :today)
order by added_at, person_id;
