-- name: facts(ids, since)
-- What is known at the moment of sending, of each claimed row. A chat and a person have their own
-- contacts: what was sent to either within the budget's span.
select
    reminder.id, person.state as person_state, person.birth_year, person.township_id,
    person.county_id, projection.cycle as reported_cycle, projection.submitted_at,
    chat.id as chat_id, chat.channel, chat.address, chat.language, chat.blocked_at,
    interview.updated_at as last_turn_at, talk.last_at as talked_at,
    reminder_preference.weekday, reminder_preference.hour, reminder_preference.paused_until,
    wave.created_at as wave_at, wave.state as wave_state,
    (select max(before.opened_at) from reminder as before
        where before.person_id = reminder.person_id and before.kind = reminder.kind
        and before.cycle = reminder.cycle) as opened_at,
    (select count(*) from reminder as sent
        where sent.chat_id = reminder.chat_id and sent.sent_at > :since) as chat_count,
    (select min(sent_at) from reminder as sent
        where sent.chat_id = reminder.chat_id and sent.sent_at > :since) as chat_first,
    (select max(sent_at) from reminder as sent
        where sent.chat_id = reminder.chat_id and sent.sent_at > :since) as chat_last,
    (select count(*) from reminder as sent
        where sent.person_id = reminder.person_id and sent.sent_at > :since) as person_count,
    (select min(sent_at) from reminder as sent
        where sent.person_id = reminder.person_id and sent.sent_at > :since) as person_first
from json_each(:ids) as wanted
join reminder on reminder.id = wanted.value
join person on person.id = reminder.person_id
left join projection on projection.person_id = reminder.person_id
left join chat on chat.id = reminder.chat_id
left join interview on interview.id = chat.open_interview_id
left join talk on talk.id = chat.talk_id and talk.state <> 'over'
left join reminder_preference on reminder_preference.person_id = reminder.person_id
left join wave on wave.id = reminder.wave_id;
