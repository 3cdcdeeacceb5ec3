-- name: range_of(county_id, after, most)^
-- The next persons who ever reported, by id: of a county, or of all where none is named.
select max(person_id) as until, count(*) as people from (
    select person_id from (
        select person_id from projection
        where :county_id <> '' and county_id = :county_id and person_id > :after
        order by person_id limit :most) as of_county
    union all
    select person_id from (
        select person_id from projection
        where :county_id = '' and person_id > :after
        order by person_id limit :most) as of_all) as next;

-- name: count_reported(county_id)^
select count(*) as people from projection where county_id = :county_id;

-- name: count_missing(county_id, cycle)^
select count(*) as people from projection
join person on person.id = projection.person_id
where projection.county_id = :county_id and projection.cycle < :cycle
and person.state = 'active';

-- name: count_due(county_id, cycle, last_on)^
select count(*) as people from projection
join person on person.id = projection.person_id
where projection.county_id = :county_id and projection.cycle < :cycle
and person.state = 'active' and person.due_on <= :last_on;

-- name: choosers(county_id, after, until, most, cycle)
-- Those of a range whose moment SQL cannot tell: they chose one, or have no slot. The limit cuts
-- nobody off: it tells PostgreSQL how few they are, or it would read whole tables.
with wanted as materialized (
    select person_id from (
        select person_id from projection
        where :county_id <> '' and county_id = :county_id
        and person_id > :after and person_id <= :until and cycle < :cycle
        union all
        select person_id from projection
        where :county_id = ''
        and person_id > :after and person_id <= :until and cycle < :cycle) as either
    limit :most)
select
    person.id as person_id, person.due_on, reminder_preference.weekday, reminder_preference.hour,
    reminder_preference.paused_until
from wanted
join person on person.id = wanted.person_id
left join reminder_preference on reminder_preference.person_id = person.id
where person.state = 'active'
and (person.due_slot is null or reminder_preference.person_id is not null);

-- name: anniversaries(county_id, after, until, most, cycle, last_on, days, chosen, ladder, lasts)
-- What is planned already stays: it may have been put off, or belong to a wave.
with day as materialized (
    select
        json_extract(value, '$[0]') as name, json_extract(value, '$[1]') as opens_at,
        json_extract(value, '$[2]') as seconds
    from json_each(:days)),
chosen as materialized (
    select json_extract(value, '$[0]') as person_id, json_extract(value, '$[1]') as due_at
    from json_each(:chosen)),
wanted as materialized (
    select person_id from (
        select person_id from projection
        where :county_id <> '' and county_id = :county_id
        and person_id > :after and person_id <= :until and cycle < :cycle
        union all
        select person_id from projection
        where :county_id = ''
        and person_id > :after and person_id <= :until and cycle < :cycle) as either
    limit :most),
asked as (
    select
        person.id as person_id,
        coalesce(
            chosen.due_at, day.opens_at + person.due_slot % day.seconds * 1000000) as due_at
    from wanted
    join person on person.id = wanted.person_id
    join day on day.name = substr(person.due_on, 6)
    left join chosen on chosen.person_id = person.id
    where person.state = 'active' and person.due_on <= :last_on
    and not exists (
        select 1 from reminder
        where reminder.id = 'yearly:' || person.id || ':' || :cycle || ':1'))
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts, ladder)
select
    'yearly:' || asked.person_id || ':' || :cycle || ':1', 'yearly', asked.person_id,
    (select chat.id from chat_person
        join chat on chat.id = chat_person.chat_id
        where chat_person.person_id = asked.person_id
        and chat.channel = 'telegram' and chat.blocked_at is null
        order by
            case chat_person.relation when '0' then 0 else 1 end,
            chat_person.created_at desc, chat.id
        limit 1),
    :cycle, 1, asked.due_at, asked.due_at + :lasts, 'planned', '', 0, :ladder
from asked
where asked.due_at is not null
on conflict (id) do nothing
returning step;

-- name: places(county_id, after, until, most, cycle, wave_id, days, width, room, chosen, ladder, lasts, put_off)
-- A row that is planned already moves into the wave, unless the person put it off themselves.
with day as materialized (
    select
        json_extract(value, '$[0]') as starts, json_extract(value, '$[1]') as opens_at,
        json_extract(value, '$[2]') as seconds
    from json_each(:days)),
chosen as materialized (
    select json_extract(value, '$[0]') as person_id, json_extract(value, '$[1]') as due_at
    from json_each(:chosen)),
wanted as materialized (
    select person_id from (
        select person_id from projection
        where :county_id <> '' and county_id = :county_id
        and person_id > :after and person_id <= :until and cycle < :cycle
        union all
        select person_id from projection
        where :county_id = ''
        and person_id > :after and person_id <= :until and cycle < :cycle) as either
    limit :most),
placed as (
    select
        person.id as person_id, chosen.due_at,
        coalesce(person.due_slot, 0) % :width * :room / :width as position
    from wanted
    join person on person.id = wanted.person_id
    left join chosen on chosen.person_id = person.id
    where person.state = 'active'),
asked as (
    select
        placed.person_id,
        coalesce(
            placed.due_at, day.opens_at + (placed.position - day.starts) * 1000000) as due_at
    from placed
    join day on placed.position >= day.starts and placed.position < day.starts + day.seconds)
insert into reminder (
    id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts, ladder,
    wave_id)
select
    'yearly:' || asked.person_id || ':' || :cycle || ':1', 'yearly', asked.person_id,
    (select chat.id from chat_person
        join chat on chat.id = chat_person.chat_id
        where chat_person.person_id = asked.person_id
        and chat.channel = 'telegram' and chat.blocked_at is null
        order by
            case chat_person.relation when '0' then 0 else 1 end,
            chat_person.created_at desc, chat.id
        limit 1),
    :cycle, 1, asked.due_at, asked.due_at + :lasts, 'planned', '', 0, :ladder, :wave_id
from asked
where true
on conflict (id) do update set
    due_at = excluded.due_at, not_after = excluded.not_after, chat_id = excluded.chat_id,
    wave_id = excluded.wave_id, ladder = excluded.ladder, reason = ''
where reminder.state = 'planned' and reminder.reason not like :put_off
returning step;

-- name: begin(id, scope_id, cycle, first_on, last_on, not_after, by, now)^
insert into wave (
    id, kind, state, scope_id, cycle, wording, first_on, last_on, not_after, created_by,
    created_at, changed_by, changed_at)
values (
    :id, 'yearly', 'planning', :scope_id, :cycle, '', :first_on, :last_on, :not_after, :by,
    :now, :by, :now)
returning id;

-- name: to_plan()
select id, scope_id, cycle, first_on, last_on, planned_after, planned from wave
where kind = 'yearly' and state = 'planning' order by created_at, id;

-- name: advance(id, planned_after)^
-- Held until the transaction ends; whoever stopped or paused the wave stopped the planning too.
update wave set planned_after = :planned_after where id = :id and state = 'planning'
returning id;

-- name: add_planned(id, planned)^
update wave set planned = planned + :planned where id = :id returning planned;

-- name: end_planning(id)^
update wave set state = 'running' where id = :id and state = 'planning' returning planned;

-- name: end_waves()
update wave set state = 'over'
where state = 'running' and kind = 'yearly' and not exists (
    select 1 from reminder
    where reminder.wave_id = wave.id and reminder.state in ('planned', 'claimed', 'sending'))
returning id;
