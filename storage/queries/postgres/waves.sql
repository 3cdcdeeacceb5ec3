-- name: plan(rows, wave_id, cycle, wording, not_after)
-- Whoever is planned already stays as planned; whoever left meanwhile is not planned.
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, wording)
select
    'follow_up:' || person.id || ':' || cast(:cycle as bigint) || ':' || cast(:wave_id as text),
    'follow_up', person.id, chat.id, cast(:cycle as bigint), 1,
    cast(given.value ->> 2 as bigint), cast(:not_after as bigint), 'planned', '', 0,
    cast(:wave_id as text), cast(:wording as text)
from json_array_elements(cast(:rows as json)) as given (value)
join person on person.id = given.value ->> 0
join chat on chat.id = given.value ->> 1
where person.state = 'active'
on conflict (id) do nothing
returning id;

-- name: hold(id)^
-- Planning, stopping and pausing come one after the other.
select state from wave where id = :id for update;
