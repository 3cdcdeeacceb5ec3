-- name: set(person_id, chat_id, key_id, digest, created_at)^
insert into pin (person_id, chat_id, key_id, digest, created_at)
values (:person_id, :chat_id, :key_id, :digest, :created_at)
on conflict (person_id, chat_id) do update set
    key_id = excluded.key_id, digest = excluded.digest, created_at = excluded.created_at
returning person_id;

-- name: get(person_id, chat_id)^
select key_id, digest from pin where person_id = :person_id and chat_id = :chat_id;

-- name: drop(person_id, chat_id)
delete from pin where person_id = :person_id and chat_id = :chat_id returning person_id;

-- name: drop_all(person_id)
delete from pin where person_id = :person_id returning chat_id;
