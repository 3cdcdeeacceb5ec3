-- name: plan(id, kind, person_id, chat_id, cycle, step, due_at, not_after, ladder)^
-- A row that is still planned moves to the new day, and one that was called off comes back with
-- the report of whoever returned; what was sent or answered is left as it is.
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts, ladder)
values (
    :id, :kind, :person_id, :chat_id, :cycle, :step, :due_at, :not_after, 'planned', '', 0,
    :ladder)
on conflict (id) do update set
    due_at = excluded.due_at, not_after = excluded.not_after, chat_id = excluded.chat_id,
    state = 'planned', reason = '', ladder = excluded.ladder, wave_id = null
where reminder.state in ('planned', 'cleared', 'muted')
returning id;

-- name: plan_next(rows)
-- The next steps of ladders, from the rows of the steps before; once only, unless they were called
-- off because the step before was put off. A row is id, step, next id, due_at, not_after.
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts, ladder,
    wave_id)
select
    next.value ->> 2, kind, person_id, chat_id, cycle, next.value ->> 1, next.value ->> 3,
    next.value ->> 4, 'planned', '', 0, ladder, wave_id
from json_each(:rows) as next
join reminder on reminder.id = next.value ->> 0
where true
on conflict (id) do update set
    state = 'planned', reason = '', due_at = excluded.due_at, not_after = excluded.not_after,
    chat_id = excluded.chat_id
where reminder.state in ('planned', 'cleared')
returning id;

-- name: claim_due(now, most, fencing)
-- A row of a wave that is over was put off by the person.
update reminder set
    state = 'claimed', claimed_at = :now, claimed_by = :fencing, attempts = attempts + 1
where state = 'planned' and id in (
    select id from reminder
    where state = 'planned' and due_at <= :now and (wave_id is null or exists (
        select 1 from wave where wave.id = reminder.wave_id and wave.state in ('running', 'over')))
    order by due_at limit :most)
returning
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, ladder, wording, sent_at, opened_at;

-- name: start_sending(rows, now, fencing)
-- From here on it counts as a contact, whatever becomes of it, and is never sent a second time.
-- A row is id, wording.
update reminder set
    state = 'sending', reason = 'due', wording = told.value ->> 1, claimed_at = :now,
    sent_at = :now
from json_each(:rows) as told
where reminder.id = told.value ->> 0 and state = 'claimed' and claimed_by = :fencing
returning reminder.id;

-- name: settle(rows)
-- What became of messages that were being sent; one that was given up meanwhile is known after all.
-- A row is id, state, reason, sent_at.
update reminder set
    state = told.value ->> 1, reason = told.value ->> 2, sent_at = told.value ->> 3
from json_each(:rows) as told
where reminder.id = told.value ->> 0 and reminder.state in ('sending', 'unknown')
returning reminder.id;

-- name: mark(id, was, state, reason)^
update reminder set state = :state, reason = :reason
where id = :id and state = :was
returning id;

-- name: put_off(id, due_at, not_after, reason)^
update reminder set
    state = 'planned', due_at = :due_at, reason = :reason,
    not_after = case when not_after < :not_after then :not_after else not_after end
where id = :id and state in ('claimed', 'sending')
returning id;

-- name: not_taken(id, due_at, reason)^
-- It was not sent after all, so it is no contact.
update reminder set state = 'planned', due_at = :due_at, reason = :reason, sent_at = null
where id = :id and state in ('sending', 'unknown')
returning id;

-- name: move(id, due_at, not_after, reason, chat_id)^
update reminder set
    state = 'planned', due_at = :due_at, not_after = :not_after, reason = :reason,
    chat_id = :chat_id
where id = :id and state in ('planned', 'sent', 'unknown', 'failed', 'muted', 'expired')
and not exists (
    select 1 from wave where wave.id = reminder.wave_id and wave.state = 'stopped')
returning id;

-- name: call_off_after(person_id, kind, cycle, step, reason)
update reminder set state = 'cleared', reason = :reason
where person_id = :person_id and kind = :kind and cycle = :cycle and step > :step
and state in ('planned', 'claimed')
returning id;

-- name: release_claimed(fencing)
update reminder set state = 'planned' where state = 'claimed' and claimed_by < :fencing
returning id;

-- name: give_up_sending(fencing)
update reminder set state = 'unknown', reason = 'stopped between sending and noting it'
where state = 'sending' and claimed_by < :fencing
returning
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, ladder, wording, sent_at, opened_at;

-- name: end_open(person_id, cycle, state, reason)
update reminder set state = :state, reason = :reason
where person_id = :person_id and cycle <= :cycle
and state in ('planned', 'claimed', 'sending', 'sent', 'unknown')
returning id;

-- name: hand_on(person_id, from_person_id)
-- A report ends what is open, as `end_open` has it.
update reminder set
    person_id = :person_id,
    state = case
        when state in ('planned', 'claimed', 'sending', 'sent', 'unknown') then 'answered'
        else state end
where person_id = :from_person_id
returning id;

-- name: opened(person_id, now)
update reminder set opened_at = :now
where person_id = :person_id and opened_at is null and sent_at is not null
and state in ('sending', 'sent', 'unknown', 'answered', 'planned')
returning id;

-- name: opened_in(chat_id, now)
update reminder set opened_at = :now
where chat_id = :chat_id and opened_at is null and sent_at is not null
and state in ('sending', 'sent', 'unknown')
returning id;

-- name: get(id)^
select
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, ladder, wording, sent_at, opened_at
from reminder where id = :id;

-- name: of_person(person_id)
select
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, ladder, wording, sent_at, opened_at
from reminder where person_id = :person_id order by due_at, id;

-- name: by_state()
select state, reason, count(*) as total from reminder group by state, reason order by state, reason;

-- name: next_due()^
select min(due_at) as due_at from reminder where state = 'planned';
