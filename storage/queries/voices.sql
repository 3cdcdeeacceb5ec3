-- name: add(id, person_id, chat_id, case_id, path, file_id, now)^
insert into voice_note (
    id, state, person_id, chat_id, case_id, path, file_id, created_at, look_at)
values (:id, 'wanted', :person_id, :chat_id, :case_id, :path, :file_id, :now, :now)
returning id;

-- name: get(id)^
select id, state, person_id, case_id, path, file_id, created_at from voice_note where id = :id;

-- name: of_case(case_id)
select id, state, person_id, case_id, path, file_id, created_at from voice_note where case_id = :case_id
order by created_at, id;

-- name: content(id)^
select content from voice_note where id = :id;

-- name: wanted(now, until, most)
update voice_note set look_at = :until
where state = 'wanted' and id in (
    select id from voice_note where state = 'wanted' and look_at <= :now
    order by look_at limit :most)
and look_at <= :now
returning id, state, person_id, case_id, path, file_id, created_at;

-- name: keep(id, content)^
update voice_note set state = 'kept', content = :content where id = :id and state = 'wanted'
returning id;

-- name: lose(id)^
update voice_note set state = 'lost' where id = :id and state = 'wanted' returning id;

-- name: sealed_of_person(person_id)
select id, path, file_id, content from voice_note where person_id = :person_id;

-- name: reseal(id, person_id, path, file_id, content)^
update voice_note set
    person_id = :person_id, path = :path, file_id = :file_id, content = :content
where id = :id
returning id;

-- name: purge(before)
delete from voice_note where created_at < :before returning id;
