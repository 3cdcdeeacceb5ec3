-- name: unfinished(after, most, before, since)
-- Open interviews that people began themselves and left, by id.
select interview.id, interview.number, interview.person_id, interview.chat_id
from interview
join chat on chat.open_interview_id = interview.id
join person on person.id = interview.person_id
where interview.id > :after and interview.status = 'open' and interview.entered_by is null
and interview.updated_at < :before and interview.updated_at >= :since
and chat.channel = 'telegram' and chat.blocked_at is null and person.state = 'active'
and not exists (
    select 1 from reminder
    where reminder.person_id = interview.person_id and reminder.kind = 'unfinished'
    and reminder.step = interview.number and reminder.chat_id = interview.chat_id)
order by interview.id limit :most;

-- name: nudge(id, person_id, chat_id, cycle, step, due_at, not_after)^
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts)
values (
    :id, 'unfinished', :person_id, :chat_id, :cycle, :step, :due_at, :not_after, 'planned', '', 0)
on conflict (id) do nothing
returning id;

-- name: turning(after, most, from_on, until_on)
-- Who on the roster turns 16 in these days and is not on the station's list, nor ever was.
select person_id, township_id, ripe_on from roster_entry
where person_id > :after and answered_by is null and ripe_on >= :from_on and ripe_on <= :until_on
and not exists (
    select 1 from station_case
    where station_case.person_id = roster_entry.person_id and station_case.kind = 'turned_16')
order by person_id limit :most;

-- name: open_turned(id, township_id, person_id, cycle, look_at, created_at)^
insert into station_case (id, kind, township_id, person_id, cycle, look_at, created_at)
values (:id, 'turned_16', :township_id, :person_id, :cycle, :look_at, :created_at)
returning id;

-- name: never_confirmed(township_id, after, today, most)
select person_id from roster_entry
where township_id = :township_id and answered_by is null and person_id > :after
and (ripe_on is null or ripe_on <= :today)
order by person_id limit :most;

-- name: count_never_confirmed(township_id, today)^
select count(*) as people from roster_entry
where township_id = :township_id and answered_by is null
and (ripe_on is null or ripe_on <= :today);
