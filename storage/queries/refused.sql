-- name: page(places, only, after, most)
-- Refused by the platform and not mended yet: somebody of the staff works on it, or a question about
-- it waits for an answer. One row a report.
with waiting as (
    select person_id from station_case
    where kind = 'rejected' and closed_at is null and township_id in (select value from json_each(:places))
    union
    select report_query.person_id from report_query
    join person on person.id = report_query.person_id
    where report_query.answered_at is null and person.state = 'active'
    and coalesce(person.township_id, person.county_id) in (select value from json_each(:places))
)
select
    report.id as report_id, report.person_id, report.state, person_key.wrapped,
    own.id as case_id, own.created_at as case_at, own.outcome as said,
    max(report_query.asked_at) as asked_at, max(report_query.told_at) as told_at,
    coalesce(own.township_id, person.township_id, person.county_id) as place_id, (
        select max(case_step.at) from case_step
        where case_step.case_id = own.id and case_step.outcome = own.outcome) as said_at, (
        select min(other.created_at) from station_case as other
        where other.person_id = report.person_id and other.kind = 'returned'
        and other.closed_at is null) as call_at, (
        select batch_row.words from batch_row
        where batch_row.report_id = report.id and batch_row.outcome = 'rejected'
        order by batch_row.answered_at desc limit 1) as words
from waiting
join projection on projection.person_id = waiting.person_id
join report on report.id = projection.report_id
join person on person.id = waiting.person_id
join person_key on person_key.person_id = waiting.person_id
left join report_query on report_query.report_id = report.id
    and report_query.answered_at is null
left join station_case as own on own.id = (
    select earliest.id from station_case as earliest
    where earliest.person_id = report.person_id and earliest.kind = 'rejected'
    and earliest.closed_at is null
    order by earliest.created_at, earliest.id limit 1)
where report.id > :after and (cast(:only as text) = '' or report.id = :only)
and coalesce(own.township_id, person.township_id, person.county_id) in (select value from json_each(:places))
and (own.id is not null or report_query.id is not null and (
    report.state = 'rejected' or report.state = 'returned' and exists (
        select 1 from batch_row
        where batch_row.report_id = report.id and batch_row.outcome = 'rejected')))
group by report.id, person_key.wrapped, own.id, person.id
order by report.id limit :most;

-- name: handed(places, outcomes)^
-- How many of them wait for a word of the county.
select count(*) as total from station_case
where kind = 'rejected' and closed_at is null
and outcome in (select value from json_each(:outcomes))
and township_id in (select value from json_each(:places));
