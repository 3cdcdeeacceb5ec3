-- name: claim_due(now, most, fencing)
update reminder set
    state = 'claimed', claimed_at = :now, claimed_by = :fencing, attempts = attempts + 1
where state = 'planned' and id in (
    select id from reminder
    where state = 'planned' and due_at <= :now and (wave_id is null or exists (
        select 1 from wave where wave.id = reminder.wave_id and wave.state = 'running'))
    order by due_at limit :most for update skip locked)
returning
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, ladder, wording, sent_at, opened_at;

-- name: settle(id, state, reason, sent_at)^
update reminder set state = :state, reason = :reason, sent_at = cast(:sent_at as bigint)
where id = :id and state in ('sending', 'unknown')
returning id;

-- name: plan_next(id, step, next_id, due_at, not_after)^
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts, ladder,
    wave_id)
select
    cast(:next_id as text), kind, person_id, chat_id, cycle, cast(:step as bigint),
    cast(:due_at as bigint), cast(:not_after as bigint), 'planned', '', 0, ladder, wave_id
from reminder where id = :id
on conflict (id) do update set
    state = 'planned', reason = '', due_at = excluded.due_at, not_after = excluded.not_after,
    chat_id = excluded.chat_id
where reminder.state in ('planned', 'cleared')
returning id;
