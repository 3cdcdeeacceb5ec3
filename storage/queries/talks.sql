-- name: begin(id, number, state, place_id, chat_id, channel, person_id, case_id, now)^
insert into talk (
    id, number, state, place_id, chat_id, channel, person_id, case_id, opened_at, last_at)
values (
    :id, :number, :state, :place_id, :chat_id, :channel, :person_id, :case_id, :now, :now)
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: get(id)^
select
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by
from talk where id = :id;

-- name: place(id, place_id, case_id, now)^
update talk set state = 'waiting', place_id = :place_id, case_id = :case_id, last_at = :now,
    opened_at = :now
where id = :id and state = 'asking'
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: take(id, staff_id, staff_chat_id, now)^
update talk set state = 'open', staff_id = :staff_id, staff_chat_id = :staff_chat_id, last_at = :now
where id = :id and state = 'waiting'
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: put_back(id, now)^
update talk set state = 'waiting', staff_id = null, staff_chat_id = null, opened_at = :now,
    last_at = :now
where id = :id and state = 'open'
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: end(id, by, now)^
update talk set state = 'over', ended_by = :by, ended_at = :now
where id = :id and state <> 'over'
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: touch(id, now)^
update talk set last_at = :now where id = :id and state in ('waiting', 'open')
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: hold(id)^
update talk set last_at = last_at where id = :id and state <> 'over'
returning
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by;

-- name: say(talk_id, by_staff, at, words)^
-- The talk's row is locked by then, so the numbers come one after the other.
insert into talk_line (talk_id, number, by_staff, at, words)
values (
    :talk_id,
    (select coalesce(max(number), 0) + 1 from talk_line where talk_id = :talk_id),
    :by_staff, :at, :words)
returning number;

-- name: lines(talk_id)
select by_staff, at, words from talk_line where talk_id = :talk_id order by number;

-- name: waiting(places)
select
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by
from talk where state = 'waiting' and place_id in (select value from json_each(:places))
order by number;

-- name: of_staff(staff_id)
select
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by
from talk where state = 'open' and staff_id = :staff_id
order by number;

-- name: overdue(untaken, silent)
select
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by
from talk
where state <> 'over' and (
    (state = 'waiting' and opened_at <= :untaken) or (state <> 'waiting' and last_at <= :silent))
order by number;

-- name: of_person(person_id)
select
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by
from talk
where person_id = :person_id or (person_id is null and chat_id in (
    select chat_id from chat_person where chat_person.person_id = :person_id
    union select chat_id from interview where interview.person_id = :person_id));

-- name: lines_of_person(person_id)
select talk_line.talk_id, talk_line.number, talk_line.words
from talk
join talk_line on talk_line.talk_id = talk.id
where talk.person_id = :person_id;

-- name: reseal(talk_id, number, words)^
update talk_line set words = :words where talk_id = :talk_id and number = :number
returning number;

-- name: move(person_id, from_person_id)
update talk set person_id = :person_id where person_id = :from_person_id returning id;

-- name: drop_lines(talk_id)
delete from talk_line where talk_id = :talk_id returning number;

-- name: drop(id)^
delete from talk where id = :id returning id;

-- name: ended_before(before)
select id from talk where state = 'over' and ended_at < :before order by ended_at limit 1000;
