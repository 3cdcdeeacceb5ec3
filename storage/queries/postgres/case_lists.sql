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
