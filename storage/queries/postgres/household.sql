-- name: hold_interview(chat_id, number)^
-- One of them, locked until the transaction ends.
select
    interview.chat_id, interview.id as interview_id, interview.number, interview.person_id,
    interview.form_hash, interview.purpose, interview.status, interview.revision,
    interview.started_at, interview.updated_at, interview.entered_by, interview.state, person_key.wrapped
from interview
join person_key on person_key.person_id = interview.person_id
where interview.chat_id = :chat_id and interview.number = :number
and interview.status in ('open', 'paused')
for update of interview;
