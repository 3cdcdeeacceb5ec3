-- name: load_turn(channel, digest)^
-- The chat, its open interview and the key of the person, locked until the transaction ends.
select
    chat.id as chat_id, chat.address, chat.language, chat.blocked_at, chat.created_at,
    chat.talk_id, chat.staff_id,
    interview.id as interview_id, interview.number, interview.person_id, interview.form_hash,
    interview.purpose, interview.status, interview.revision, interview.started_at,
    interview.updated_at, interview.entered_by, interview.state, person_key.wrapped
from chat
left join interview on interview.id = chat.open_interview_id
left join person_key on person_key.person_id = interview.person_id
where chat.channel = :channel and chat.address_digest = :digest;

-- name: look(channel, digest)^
-- The same, without a lock.
select
    chat.id as chat_id, chat.address, chat.language, chat.blocked_at, chat.created_at,
    chat.talk_id, chat.staff_id,
    interview.id as interview_id, interview.number, interview.person_id, interview.form_hash,
    interview.purpose, interview.status, interview.revision, interview.started_at,
    interview.updated_at, interview.entered_by, interview.state, person_key.wrapped
from chat
left join interview on interview.id = chat.open_interview_id
left join person_key on person_key.person_id = interview.person_id
where chat.channel = :channel and chat.address_digest = :digest;

-- name: get(id)^
select id as chat_id, channel, address, language, blocked_at, created_at, talk_id, staff_id
from chat where id = :id;

-- name: add(id, channel, digest, address, language, created_at)^
insert into chat (id, channel, address_digest, address, language, created_at)
values (:id, :channel, :digest, :address, :language, :created_at)
on conflict (channel, address_digest) do nothing
returning id;

-- name: set_open(id, interview_id)^
update chat set open_interview_id = :interview_id where id = :id returning id;

-- name: clear_open(id, interview_id)
update chat set open_interview_id = null
where id = :id and open_interview_id = :interview_id
returning id;

-- name: set_language(id, language)^
update chat set language = :language where id = :id returning id;

-- name: set_blocked(id, blocked_at)^
update chat set blocked_at = :blocked_at where id = :id returning id;

-- name: set_talk(id, talk_id)^
update chat set talk_id = :talk_id where id = :id returning id;

-- name: enter_talk(id, was_in, talk_id)^
update chat set talk_id = :talk_id where id = :id and (talk_id is null or talk_id = :was_in)
returning id;

-- name: leave_talk(id, talk_id)
update chat set talk_id = null where id = :id and talk_id = :talk_id returning id;

-- name: set_staff(id, staff_id, since)^
update chat set staff_id = :staff_id, staff_since = :since where id = :id returning id;

-- name: link(chat_id, person_id, relation, created_at)^
insert into chat_person (chat_id, person_id, relation, created_at)
values (:chat_id, :person_id, :relation, :created_at)
on conflict (chat_id, person_id) do update set
    relation = case when excluded.relation = '' then chat_person.relation else excluded.relation end
returning chat_id;

-- name: is_linked(chat_id, person_id)^
select relation from chat_person where chat_id = :chat_id and person_id = :person_id;
