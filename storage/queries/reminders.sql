-- name: plan(id, kind, person_id, chat_id, cycle, step, due_at, not_after)^
-- A row that is still planned moves to the new day, and one that was called off comes back with
-- the report of whoever returned; what was sent or answered is left as it is.
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts)
values (
    :id, :kind, :person_id, :chat_id, :cycle, :step, :due_at, :not_after, 'planned', '', 0)
on conflict (id) do update set
    due_at = excluded.due_at, not_after = excluded.not_after, chat_id = excluded.chat_id,
    state = 'planned', reason = ''
where reminder.state in ('planned', 'cleared', 'muted')
returning id;

-- name: claim_due(now, most)
update reminder set state = 'claimed', claimed_at = :now, attempts = attempts + 1
where state = 'planned' and id in (
    select id from reminder where state = 'planned' and due_at <= :now
    order by due_at limit :most)
returning id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts;

-- name: mark(id, was, state, reason, claimed_at, sent_at)^
update reminder set
    state = :state, reason = :reason, claimed_at = coalesce(:claimed_at, claimed_at),
    sent_at = coalesce(:sent_at, sent_at)
where id = :id and state = :was
returning id;

-- name: put_off(id, due_at, not_after, reason)^
update reminder set
    state = 'planned', due_at = :due_at, reason = :reason,
    not_after = case when not_after < :not_after then :not_after else not_after end
where id = :id and state = 'claimed'
returning id;

-- name: move(id, due_at, not_after, reason, chat_id)^
update reminder set
    state = 'planned', due_at = :due_at, not_after = :not_after, reason = :reason,
    chat_id = :chat_id
where id = :id and state in ('planned', 'sent', 'unknown', 'failed', 'muted', 'expired')
returning id;

-- name: release_claimed(before)
update reminder set state = 'planned' where state = 'claimed' and claimed_at < :before
returning id;

-- name: give_up_sending(before)
update reminder set state = 'unknown', reason = 'stale'
where state = 'sending' and claimed_at < :before
returning id;

-- name: end_open(person_id, cycle, state, reason)
update reminder set state = :state, reason = :reason
where person_id = :person_id and cycle <= :cycle and state in ('planned', 'claimed', 'sent')
returning id;

-- name: of_person(person_id)
select id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts
from reminder where person_id = :person_id order by due_at, id;

-- name: by_state()
select state, reason, count(*) as total from reminder group by state, reason order by state, reason;
