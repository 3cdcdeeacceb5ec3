-- name: find(key_id, digest)^
select person_id from identity_index where key_id = :key_id and digest = :digest;

-- name: claim(key_id, digest, person_id, is_free)^
-- Run for a number that somebody has, too: what is done must not tell whether it is known.
insert into identity_index (key_id, digest, person_id)
select cast(:key_id as text), :digest, cast(:person_id as text)
where cast(:is_free as bigint) = 1
on conflict (key_id, digest) do nothing
returning person_id;

-- name: drop_others(key_id, digest, person_id)
-- A corrected number takes the place of the wrong one.
delete from identity_index
where person_id = :person_id and not (key_id = :key_id and digest = :digest)
returning person_id;
