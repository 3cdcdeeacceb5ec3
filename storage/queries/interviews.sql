-- name: add(id, chat_id, person_id, form_hash, purpose, now, state, entered_by)^
insert into interview (
    id, chat_id, number, person_id, form_hash, purpose, status, revision, started_at, updated_at,
    state, entered_by)
values (
    :id, :chat_id,
    (select coalesce(max(number), 0) + 1 from interview where chat_id = :chat_id),
    :person_id, :form_hash, :purpose, 'open', 0, :now, :now, :state, :entered_by)
returning number;

-- name: save(id, revision, state, status, now)^
update interview set state = :state, status = :status, revision = revision + 1, updated_at = :now
where id = :id and revision = :revision
returning revision;

-- name: close(id, revision, status, now)^
-- A finished interview keeps no words: they stand in the report, or were given up.
update interview set state = null, status = :status, revision = revision + 1, updated_at = :now
where id = :id and revision = :revision
returning revision;

-- name: move(id, person_id)^
update interview set person_id = :person_id where id = :id returning id;

-- name: forget(id)^
delete from interview where id = :id returning id;

-- name: of_chat(chat_id)
select interview.id, interview.number, interview.person_id, interview.status, interview.purpose
from interview where chat_id = :chat_id order by number;

-- name: left(before)
select id, chat_id, person_id, purpose from interview
where status in ('open', 'paused') and updated_at < :before
order by updated_at limit 1000;

-- name: assisted_of_person(person_id)
-- What the staff are filling in about somebody.
select id, chat_id, person_id, purpose, entered_by from interview
where person_id = :person_id and entered_by is not null and status in ('open', 'paused');

-- name: assisted(id)
select id, chat_id, person_id, purpose, entered_by from interview
where id = :id and entered_by is not null;

-- name: assisted_in(chat_id)
select id, chat_id, person_id, purpose, entered_by from interview
where chat_id = :chat_id and entered_by is not null and status in ('open', 'paused');

-- name: assisted_by(staff_id)
select id, chat_id, person_id, purpose, entered_by from interview
where entered_by = :staff_id and status in ('open', 'paused');

-- name: assisted_left(before)
select id, chat_id, person_id, purpose, entered_by from interview
where entered_by is not null and status in ('open', 'paused') and updated_at < :before
order by updated_at limit 1000;
