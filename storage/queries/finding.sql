-- name: page(county_id, places, state, not_started, unconfirmed, stuck_before, training, trade, job, industry, place, born_from, born_to, answered_before, sex, status, stage, cycle, held, exported, unexported, after, most)
-- People of a county for whom all that is asked holds; '' and 0 ask for nothing. Whoever is only on the
-- roster is among them, but not an entry that somebody else's report answered. One walk through the
-- county gives the page and the count.
with found as materialized (
    select person.id
    from person
    left join projection on projection.person_id = person.id
    where person.county_id = cast(:county_id as text) and person.state <> 'erased'
    and coalesce(person.township_id, person.county_id) in (select value from json_each(:places))
    and (cast(:state as text) = '' or person.state = cast(:state as text))
    and (cast(:not_started as bigint) = 0 or projection.person_id is null)
    and (cast(:unconfirmed as bigint) = 0 or projection.person_id is null
        or projection.cycle < cast(:unconfirmed as bigint))
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
    and (cast(:stage as text) = '' or projection.stage = cast(:stage as text))
    and (cast(:cycle as bigint) = 0 or projection.cycle = cast(:cycle as bigint))
    and (cast(:held as bigint) = 0 or exists (
        select 1 from batch_held
        where batch_held.person_id = person.id and batch_held.report_id = projection.report_id))
    and (cast(:exported as bigint) = 0 or exists (
        select 1 from batch_row
        where batch_row.person_id = person.id and batch_row.report_id = projection.report_id))
    and (cast(:unexported as bigint) = 0 or not exists (
        select 1 from batch_row
        where batch_row.person_id = person.id and batch_row.report_id = projection.report_id))
    and (projection.person_id is not null or not exists (
        select 1 from roster_entry
        where roster_entry.person_id = person.id and roster_entry.answered_by <> person.id))
)
select id as person_id, (select count(*) from found) as total
from found where id > cast(:after as text)
order by id limit cast(:most as bigint);

-- name: everybody(county_id, places, after, most)
-- The same where nothing is asked for: no report is looked at.
select person.id as person_id, (
    select count(*) from person
    where person.county_id = cast(:county_id as text) and person.state <> 'erased'
    and coalesce(person.township_id, person.county_id) in (select value from json_each(:places))
    and not exists (
        select 1 from roster_entry
        where roster_entry.person_id = person.id and roster_entry.answered_by <> person.id)) as total
from person
where person.county_id = cast(:county_id as text) and person.state <> 'erased'
and coalesce(person.township_id, person.county_id) in (select value from json_each(:places))
and not exists (
    select 1 from roster_entry
    where roster_entry.person_id = person.id and roster_entry.answered_by <> person.id)
and person.id > cast(:after as text)
order by person.id limit cast(:most as bigint);

-- name: ids(county_id, places, state, not_started, unconfirmed, stuck_before, training, trade, job, industry, place, born_from, born_to, answered_before, sex, status, stage, cycle, held, exported, unexported, after)
-- The same people, of whom a sealed value is looked at next. Not asked by `page`: that walks through the
-- whole county again for whoever comes after somebody.
select person.id as person_id
from person
left join projection on projection.person_id = person.id
where person.county_id = cast(:county_id as text) and person.state <> 'erased'
and coalesce(person.township_id, person.county_id) in (select value from json_each(:places))
and (cast(:state as text) = '' or person.state = cast(:state as text))
and (cast(:not_started as bigint) = 0 or projection.person_id is null)
and (cast(:unconfirmed as bigint) = 0 or projection.person_id is null
    or projection.cycle < cast(:unconfirmed as bigint))
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
and (cast(:stage as text) = '' or projection.stage = cast(:stage as text))
and (cast(:cycle as bigint) = 0 or projection.cycle = cast(:cycle as bigint))
and (cast(:held as bigint) = 0 or exists (
    select 1 from batch_held
    where batch_held.person_id = person.id and batch_held.report_id = projection.report_id))
and (cast(:exported as bigint) = 0 or exists (
    select 1 from batch_row
    where batch_row.person_id = person.id and batch_row.report_id = projection.report_id))
and (cast(:unexported as bigint) = 0 or not exists (
    select 1 from batch_row
    where batch_row.person_id = person.id and batch_row.report_id = projection.report_id))
and (projection.person_id is not null or not exists (
    select 1 from roster_entry
    where roster_entry.person_id = person.id and roster_entry.answered_by <> person.id))
and person.id > cast(:after as text)
order by person.id;

-- name: shown(ids)
-- What a line of the list shows of each; of whoever sent no report, what the roster knows.
select
    person.id as person_id, person.state, person.exit_reason, person.township_id,
    person.county_id, person.birth_year, person.sex, projection.stage, projection.cycle,
    projection.submitted_at, person_key.wrapped, report.form_hash, report.answers,
    roster_entry.answers as roster_answers
from json_each(:ids) as wanted
join person on person.id = wanted.value
join person_key on person_key.person_id = person.id
left join projection on projection.person_id = person.id
left join report on report.id = projection.report_id
left join roster_entry
    on roster_entry.person_id = person.id and roster_entry.answered_by is null
order by person.id;
