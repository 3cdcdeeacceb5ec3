-- name: add(digest, kind, person_id, created_at, expires_at)^
insert into personal_code (digest, kind, person_id, created_at, expires_at)
values (:digest, :kind, :person_id, :created_at, :expires_at)
returning person_id;

-- name: find(digest)^
select kind, person_id, expires_at, used_at from personal_code where digest = :digest;

-- name: has(kind, person_id)^
select person_id from personal_code
where kind = :kind and person_id = :person_id and used_at is null limit 1;

-- name: use(digest, now)^
-- Of two chats that bring a code at once, one gets a row.
update personal_code set used_at = :now where digest = :digest and used_at is null
returning person_id;

-- name: drop(kind, person_id)
delete from personal_code where kind = :kind and person_id = :person_id returning person_id;
