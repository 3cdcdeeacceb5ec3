-- name: of_scopes(scopes, most)
select
    wave.id, kind, state, scope_id, cycle, wording, words, filter, not_after, planned_after,
    planned, call_list, created_by, created_at, changed_by, changed_at, reason
from json_array_elements_text(cast(:scopes as json)) as wanted (value)
join wave on wave.scope_id = wanted.value
where kind = 'follow_up'
order by created_at desc, wave.id desc limit :most;

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

-- name: yearly_of(scopes, most)
select
    wave.id, kind, state, scope_id, cycle, wording, words, filter, not_after, planned_after,
    planned, call_list, created_by, created_at, changed_by, changed_at, reason
from json_array_elements_text(cast(:scopes as json)) as wanted (value)
join wave on wave.scope_id = wanted.value
where kind = 'yearly'
order by created_at desc, wave.id desc limit :most;
