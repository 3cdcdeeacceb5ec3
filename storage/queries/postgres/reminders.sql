-- name: claim_due(now, most, fencing)
update reminder set
    state = 'claimed', claimed_at = :now, claimed_by = :fencing, attempts = attempts + 1
where state = 'planned' and id in (
    select id from reminder
    where state = 'planned' and due_at <= :now and (wave_id is null or exists (
        select 1 from wave where wave.id = reminder.wave_id and wave.state in ('running', 'over')))
    order by due_at limit :most for update skip locked)
returning
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, ladder, wording, sent_at, opened_at;

-- name: plan_next(rows)
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts, ladder,
    wave_id)
select
    next.value ->> 2, kind, person_id, chat_id, cycle, cast(next.value ->> 1 as bigint),
    cast(next.value ->> 3 as bigint), cast(next.value ->> 4 as bigint), 'planned', '', 0, ladder,
    wave_id
from json_array_elements(cast(:rows as json)) as next (value)
join reminder on reminder.id = next.value ->> 0
on conflict (id) do update set
    state = 'planned', reason = '', due_at = excluded.due_at, not_after = excluded.not_after,
    chat_id = excluded.chat_id
where reminder.state in ('planned', 'cleared')
returning id;

-- name: start_sending(rows, now, fencing)
update reminder set
    state = 'sending', reason = 'due', wording = told.value ->> 1, claimed_at = :now,
    sent_at = :now
from json_array_elements(cast(:rows as json)) as told (value)
where reminder.id = told.value ->> 0 and state = 'claimed' and claimed_by = :fencing
returning reminder.id;

-- name: settle(rows)
update reminder set
    state = told.value ->> 1, reason = told.value ->> 2,
    sent_at = cast(told.value ->> 3 as bigint)
from json_array_elements(cast(:rows as json)) as told (value)
where reminder.id = told.value ->> 0 and reminder.state in ('sending', 'unknown')
returning reminder.id;
