-- name: add(digest, person_id, created_at)^
insert into return_code (digest, person_id, created_at)
values (:digest, :person_id, :created_at)
returning person_id;

-- name: find(digest)^
select person_id, created_at from return_code where digest = :digest;

-- name: drop(person_id)
delete from return_code where person_id = :person_id returning person_id;
