-- name: chosen(township_id, today, not_started, stuck_before, training, trade, job, industry, place, born_from, born_to, answered_before, sex, status)
-- Every condition that is '' or 0 asks for nothing. People whose roster entry somebody else answered
-- are that somebody; those below 16 are not asked yet.
select person.id as person_id
from person
left join projection on projection.person_id = person.id
where person.township_id = :township_id and person.state <> 'erased'
and (cast(:not_started as bigint) = 0 or projection.person_id is null)
and (cast(:stuck_before as bigint) = 0 or exists (
    select 1 from interview
    where interview.person_id = person.id and interview.status in ('open', 'paused')
    and interview.entered_by is null
    and interview.updated_at < cast(:stuck_before as bigint)))
and (cast(:training as text) = '' or projection.training_intent = cast(:training as text))
and (cast(:trade as text) = '' or (' ' || projection.training_trade || ' ')
    like ('% ' || cast(:trade as text) || ' %'))
and (cast(:job as text) = '' or projection.job_intent = cast(:job as text))
and (cast(:industry as text) = '' or projection.job_industry = cast(:industry as text))
and (cast(:place as text) = '' or projection.expected_place = cast(:place as text))
and (cast(:born_from as bigint) = 0 or person.birth_year >= cast(:born_from as bigint))
and (cast(:born_to as bigint) = 0 or person.birth_year <= cast(:born_to as bigint))
and (cast(:answered_before as bigint) = 0
    or projection.submitted_at < cast(:answered_before as bigint))
and (cast(:sex as text) = '' or person.sex = cast(:sex as text))
and (cast(:status as text) = '' or projection.employment_status = cast(:status as text))
and not exists (
    select 1 from roster_entry
    where roster_entry.person_id = person.id
    and (roster_entry.answered_by <> person.id or roster_entry.ripe_on > :today));

-- name: unfinished(ids, stuck_before)
select interview.person_id, interview.form_hash, interview.state, person_key.wrapped
from json_each(:ids) as wanted
join interview on interview.person_id = wanted.value
join person_key on person_key.person_id = interview.person_id
where interview.status in ('open', 'paused') and interview.state is not null
and interview.entered_by is null
and (:stuck_before = 0 or interview.updated_at < :stuck_before);

-- name: unplaced(stuck_before)
-- Who has never sent a report is placed by what they answered so far, which is sealed.
select interview.person_id, interview.form_hash, interview.state, person_key.wrapped
from interview
join person on person.id = interview.person_id
join person_key on person_key.person_id = interview.person_id
where interview.status in ('open', 'paused') and interview.state is not null
and interview.entered_by is null
and person.township_id is null and person.state = 'active'
and (cast(:stuck_before as bigint) = 0
    or interview.updated_at < cast(:stuck_before as bigint));

-- name: answers(ids)
select
    person_key.person_id, person_key.wrapped, report.form_hash, report.answers,
    roster_entry.answers as roster_answers
from json_each(:ids) as wanted
join person_key on person_key.person_id = wanted.value
left join projection on projection.person_id = person_key.person_id
left join report on report.id = projection.report_id
left join roster_entry
    on roster_entry.person_id = person_key.person_id and roster_entry.answered_by is null;

-- name: facts(ids, wave_id, since, midnight)
-- A chat of the staff counts only for whoever of the staff it belongs to. Who never sent a report is
-- reached where they began.
with wanted as materialized (
    select
        person.id, person.state, person.township_id, coalesce((
            select link.chat_id
            from chat_person as link
            join chat on chat.id = link.chat_id
            where link.person_id = person.id and chat.channel = 'telegram'
            and (chat.staff_id is null or link.relation = '0')
            order by
                case when chat.blocked_at is null then 0 else 1 end,
                case when link.relation = '0' then 0 else 1 end,
                link.created_at desc, link.chat_id
            limit 1), (
            select interview.chat_id
            from interview
            join chat on chat.id = interview.chat_id
            where interview.person_id = person.id and interview.status in ('open', 'paused')
            and interview.entered_by is null and chat.channel = 'telegram'
            order by interview.updated_at desc
            limit 1)) as chat_id
    from json_each(:ids) as given
    join person on person.id = given.value
)
select
    wanted.id as person_id, wanted.state, wanted.township_id, wanted.chat_id,
    chat.blocked_at, chat.language, chat_person.relation, projection.cycle as reported_cycle,
    reminder_preference.paused_until,
    (select count(*) from reminder
        where reminder.person_id = wanted.id and reminder.sent_at >= :since) as sent_to_person,
    (select count(*) from reminder
        where reminder.chat_id = wanted.chat_id and reminder.sent_at >= :since) as sent_to_chat,
    (select count(*) from reminder
        where reminder.chat_id = wanted.chat_id and reminder.sent_at >= :midnight) as sent_today,
    (select count(*) from reminder
        join wave on wave.id = reminder.wave_id
        where reminder.person_id = wanted.id and reminder.wave_id <> :wave_id
        and reminder.state in ('planned', 'claimed', 'sending')
        and wave.state in ('planning', 'running', 'paused')) as waiting
from wanted
left join chat on chat.id = wanted.chat_id
left join chat_person
    on chat_person.chat_id = wanted.chat_id and chat_person.person_id = wanted.id
left join projection on projection.person_id = wanted.id
left join reminder_preference on reminder_preference.person_id = wanted.id;
