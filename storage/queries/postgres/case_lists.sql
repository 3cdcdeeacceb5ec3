-- name: page(places, weights, now, kind, most, skip)
with weight as materialized (
    select * from json_to_recordset(cast(:weights as json))
    as given (kind text, points bigint, wants_job bigint, never_confirmed bigint)
), shown as materialized (
    select
        station_case.id, projection.job_intent, projection.cycle as confirmed_cycle,
        station_case.priority + coalesce(weight.points, 0)
        + case when coalesce(projection.job_intent, '0') in ('', '0') then 0
            else coalesce(weight.wants_job, 0) end
        + case when projection.person_id is null then coalesce(weight.never_confirmed, 0)
            else 0 end as points
    from station_case
    left join projection on projection.person_id = station_case.person_id
    left join weight on weight.kind = station_case.kind
    where station_case.closed_at is null and station_case.look_at <= :now
    and (cast(:kind as text) = '' or station_case.kind = cast(:kind as text))
    and station_case.township_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))
    order by points desc, station_case.created_at, station_case.id
    limit :most offset :skip
)
select
    station_case.id, station_case.kind, station_case.township_id, station_case.person_id,
    station_case.chat_id, station_case.created_at, station_case.closed_at, station_case.closed_by,
    station_case.outcome, station_case.priority, station_case.look_at, station_case.taken_by,
    station_case.reminder_id, station_case.cycle, station_case.taken_at, person.birth_year,
    shown.job_intent, shown.confirmed_cycle,
    (select count(*) from case_step
     where case_step.case_id = station_case.id and case_step.outcome <> 'told') as tries,
    (select count(*) from case_step
     where case_step.case_id = station_case.id and case_step.outcome = 'wrong') as wrong_numbers
from shown
join station_case on station_case.id = shown.id
left join person on person.id = station_case.person_id
order by shown.points desc, station_case.created_at, station_case.id;

-- name: counts(places, now)
select kind, sum(case when look_at <= :now then 1 else 0 end) as due, count(*) as total
from station_case
where closed_at is null and township_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))
group by kind;

-- name: named(places, tag)^
select
    station_case.id, station_case.kind, station_case.township_id, station_case.person_id,
    station_case.chat_id, station_case.created_at, station_case.closed_at, station_case.closed_by,
    station_case.outcome, station_case.priority, station_case.look_at, station_case.taken_by,
    station_case.reminder_id, station_case.cycle, station_case.taken_at, person.birth_year,
    projection.job_intent, projection.cycle as confirmed_cycle,
    (select count(*) from case_step
     where case_step.case_id = station_case.id and case_step.outcome <> 'told') as tries,
    (select count(*) from case_step
     where case_step.case_id = station_case.id and case_step.outcome = 'wrong') as wrong_numbers
from station_case
left join person on person.id = station_case.person_id
left join projection on projection.person_id = station_case.person_id
where closed_at is null and substr(station_case.id, length(station_case.id) - 11) = :tag
and station_case.township_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by station_case.created_at limit 1;

-- name: of_kinds(places, kinds)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle, taken_at
from station_case
where closed_at is null and kind in (
    select word from json_array_elements_text(cast(:kinds as json)) as given (word))
and township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by created_at, id;
