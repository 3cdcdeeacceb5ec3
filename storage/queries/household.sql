-- name: open_interviews(chat_id)
-- Everything that is begun and not finished in a chat, with the keys, as `chats.load_turn` has it.
select
    interview.chat_id, interview.id as interview_id, interview.number, interview.person_id,
    interview.form_hash, interview.purpose, interview.status, interview.revision,
    interview.started_at, interview.updated_at, interview.entered_by, interview.state,
    person_key.wrapped
from interview
join person_key on person_key.person_id = interview.person_id
where interview.chat_id = :chat_id and interview.status in ('open', 'paused')
order by interview.number;

-- name: hold_interview(chat_id, number)^
-- One of them, locked until the transaction ends.
select
    interview.chat_id, interview.id as interview_id, interview.number, interview.person_id,
    interview.form_hash, interview.purpose, interview.status, interview.revision,
    interview.started_at, interview.updated_at, interview.entered_by, interview.state,
    person_key.wrapped
from interview
join person_key on person_key.person_id = interview.person_id
where interview.chat_id = :chat_id and interview.number = :number
and interview.status in ('open', 'paused');

-- name: reported(chat_id)^
select count(*) as total from chat_person
join person on person.id = chat_person.person_id
where chat_person.chat_id = :chat_id and person.state <> 'erased'
and exists (select 1 from report where report.person_id = person.id);

-- name: tell_others(person_id, chat_id, at)
insert into taken_over (chat_id, person_id, at)
select chat_id, person_id, :at from chat_person
where person_id = :person_id and chat_id <> :chat_id
on conflict (chat_id, person_id) do update set at = excluded.at
returning chat_id;

-- name: close_others(person_id, chat_id)
update chat set open_interview_id = null
where id <> :chat_id and open_interview_id in (
    select id from interview where interview.person_id = :person_id)
returning id;

-- name: drop_interviews_of_others(person_id, chat_id)
delete from interview
where person_id = :person_id and chat_id <> :chat_id and status in ('open', 'paused')
returning id;

-- name: drop_links_of_others(person_id, chat_id)
delete from chat_person where person_id = :person_id and chat_id <> :chat_id returning chat_id;

-- name: move_reminders(person_id, chat_id)
update reminder set chat_id = :chat_id
where person_id = :person_id and state in ('planned', 'claimed')
returning id;

-- name: taken_from(chat_id)
select person_id from taken_over where chat_id = :chat_id order by at, person_id;

-- name: told(chat_id)
delete from taken_over where chat_id = :chat_id returning person_id;

-- name: close_here(person_id, chat_id)
update chat set open_interview_id = null
where id = :chat_id and open_interview_id in (
    select id from interview where interview.person_id = :person_id)
returning id;

-- name: drop_interviews_here(person_id, chat_id)
delete from interview
where person_id = :person_id and chat_id = :chat_id and status in ('open', 'paused')
returning id;

-- name: mute_here(person_id, chat_id, reason)
update reminder set state = 'muted', reason = :reason
where person_id = :person_id and chat_id = :chat_id and state in ('planned', 'claimed')
returning id;

-- name: drop_pin_here(person_id, chat_id)
delete from pin where person_id = :person_id and chat_id = :chat_id returning person_id;

-- name: drop_link_here(person_id, chat_id)
delete from chat_person where person_id = :person_id and chat_id = :chat_id returning chat_id;

-- name: other_chat(person_id, chat_id)^
select chat_person.chat_id from chat_person
join chat on chat.id = chat_person.chat_id
where chat_person.person_id = :person_id and chat_person.chat_id <> :chat_id
and chat.channel = 'telegram' and chat.blocked_at is null
order by chat_person.created_at limit 1;
