-- name: add(id, kind, state, scope_id, cycle, wording, words, filter, not_after, call_list, by, now)^
insert into wave (
    id, kind, state, scope_id, cycle, wording, words, filter, not_after, call_list,
    created_by, created_at, changed_by, changed_at)
values (
    :id, :kind, :state, :scope_id, :cycle, :wording, :words, :filter, :not_after, :call_list,
    :by, :now, :by, :now)
returning id;

-- name: get(id)^
select
    id, kind, state, scope_id, cycle, wording, words, filter, not_after, planned_after, planned,
    call_list, created_by, created_at, changed_by, changed_at, reason
from wave where id = :id;

-- name: of_scopes(scopes, most)
select
    wave.id, kind, state, scope_id, cycle, wording, words, filter, not_after, planned_after,
    planned, call_list, created_by, created_at, changed_by, changed_at, reason
from json_each(:scopes) as wanted
join wave on wave.scope_id = wanted.value
where kind = 'follow_up'
order by created_at desc, wave.id desc limit :most;

-- name: yearly_of(scopes, most)
select
    wave.id, kind, state, scope_id, cycle, wording, words, filter, not_after, planned_after,
    planned, call_list, created_by, created_at, changed_by, changed_at, reason
from json_each(:scopes) as wanted
join wave on wave.scope_id = wanted.value
where kind = 'yearly'
order by created_at desc, wave.id desc limit :most;

-- name: to_plan()
select id from wave where state = 'planning' and kind = 'follow_up' order by created_at, id;

-- name: plan(rows, wave_id, cycle, wording, not_after)
-- Whoever is planned already stays as planned; whoever left meanwhile is not planned.
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts,
    wave_id, wording)
select
    'follow_up:' || person.id || ':' || :cycle || ':' || :wave_id, 'follow_up', person.id,
    chat.id, :cycle, 1, json_extract(given.value, '$[2]'), :not_after, 'planned', '', 0,
    :wave_id, :wording
from json_each(:rows) as given
join person on person.id = json_extract(given.value, '$[0]')
join chat on chat.id = json_extract(given.value, '$[1]')
where person.state = 'active'
on conflict (id) do nothing
returning id;

-- name: advance(id, planned_after, planned, state)^
-- Only while planning goes on: whoever stopped or paused the wave stopped this too.
update wave set planned_after = :planned_after, planned = planned + :planned, state = :state
where id = :id and state = 'planning'
returning id;

-- name: hold(id)^
-- Planning, stopping and pausing come one after the other.
select state from wave where id = :id;

-- name: set_state(id, was, state, by, now, reason)^
update wave set state = :state, changed_by = :by, changed_at = :now, reason = :reason
where id = :id and state = :was
returning id;

-- name: clear(wave_id, reason)
update reminder set state = 'cleared', reason = :reason
where wave_id = :wave_id and state in ('planned', 'claimed')
returning id;

-- name: clear_left(reason)
-- What was on its way when its wave was stopped, and was not taken by the channel.
update reminder set state = 'cleared', reason = :reason
where state = 'planned' and wave_id in (select id from wave where state = 'stopped')
returning id;

-- name: results(wave_id)
select
    state, reason, count(*) as total,
    sum(case when opened_at is null then 0 else 1 end) as opened,
    sum(case when sent_at is null then 0 else 1 end) as sent
from reminder where wave_id = :wave_id
group by state, reason order by state, reason;

-- name: finish()
-- A wave is over when nothing of it is under way any more.
update wave set state = 'over'
where state = 'running' and kind = 'follow_up' and not exists (
    select 1 from reminder
    where reminder.wave_id = wave.id and reminder.state in ('planned', 'claimed', 'sending'))
returning id;
