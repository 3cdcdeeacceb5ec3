-- name: put(key_id, digest, person_id, source)^
insert into phone_index (key_id, digest, person_id, source)
values (:key_id, :digest, :person_id, :source)
on conflict (key_id, digest, person_id) do update set source = excluded.source
returning person_id;

-- name: drop_others(person_id, key_id, digest)
-- A number that is not the person's any more must lead nobody to them.
delete from phone_index
where person_id = :person_id and not (key_id = :key_id and digest = :digest)
returning person_id;

-- name: find(key_id, digest)
-- An entry of the roster that was answered is found by its report alone.
select phone_index.person_id, phone_index.source, person.birth_year
from phone_index
join person on person.id = phone_index.person_id
where phone_index.key_id = :key_id and phone_index.digest = :digest and person.state <> 'erased'
and (phone_index.source = 'report' or exists (
    select 1 from roster_entry
    where roster_entry.person_id = person.id and roster_entry.answered_by is null))
order by phone_index.person_id limit 20;

-- name: forget_matches(chat_id)
delete from phone_match where chat_id = :chat_id returning person_id;

-- name: add_match(chat_id, person_id, source, until)^
insert into phone_match (chat_id, person_id, source, until)
values (:chat_id, :person_id, :source, :until)
on conflict (chat_id, person_id) do update set source = excluded.source, until = excluded.until
returning person_id;

-- name: matches(chat_id, now)
select person_id, source from phone_match where chat_id = :chat_id and until > :now;

-- name: purge_matches(now)
delete from phone_match where until <= :now returning person_id;
