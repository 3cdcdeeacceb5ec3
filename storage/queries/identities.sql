-- name: find(key_id, digest)^
select person_id from identity_index where key_id = :key_id and digest = :digest;

-- name: claim(key_id, digest, person_id)^
insert into identity_index (key_id, digest, person_id)
values (:key_id, :digest, :person_id)
on conflict (key_id, digest) do nothing
returning person_id;

-- name: drop_others(key_id, digest, person_id)
-- A corrected number takes the place of the wrong one.
delete from identity_index
where person_id = :person_id and not (key_id = :key_id and digest = :digest)
returning person_id;
