-- name: reports(county_id, cycle)
-- Of each township the reports that stand for their people in a cycle, and how they came about.
select
    coalesce(projection.township_id, '') as township_id,
    count(*) as reports,
    sum(case when projection.informant_relation = '0' then 0 else 1 end) as proxy,
    sum(case when report.entered_by is null then 0 else 1 end) as entered,
    sum(case when projection.is_unchanged is null then 0 else 1 end) as updates,
    sum(coalesce(projection.is_unchanged, 0)) as unchanged
from projection
join report on report.id = projection.report_id
join person on person.id = projection.person_id
where projection.county_id = :county_id and projection.cycle = :cycle
and projection.in_export = 1 and person.state = 'active'
group by coalesce(projection.township_id, '');

-- name: minutes(county_id, cycle)
-- The middle of each township's minutes, or what lies between the two in the middle.
with timed as (
    select
        coalesce(projection.township_id, '') as township_id, projection.minutes,
        row_number() over (
            partition by coalesce(projection.township_id, '') order by projection.minutes
        ) as place,
        count(*) over (partition by coalesce(projection.township_id, '')) as number
    from projection
    join person on person.id = projection.person_id
    where projection.county_id = :county_id and projection.cycle = :cycle
    and projection.in_export = 1 and person.state = 'active'
    and projection.minutes is not null)
select township_id, cast(avg(minutes) as double precision) as minutes
from timed
where place in ((number + 1) / 2, (number + 2) / 2)
group by township_id;

-- name: reviewed(county_id, cycle)
-- Every version counts: a report that was returned stays so when a better one came after it.
select
    coalesce(projection.township_id, '') as township_id,
    sum(case when report.state = 'returned' then 1 else 0 end) as returned,
    sum(case when report.state = 'rejected' then 1 else 0 end) as rejected
from projection
join report on report.person_id = projection.person_id
where projection.county_id = :county_id and report.cycle = :cycle
and report.state in ('returned', 'rejected')
group by coalesce(projection.township_id, '');

-- name: held(county_id, since)
select
    coalesce(projection.township_id, '') as township_id,
    count(distinct batch_held.person_id) as held
from batch
join batch_held on batch_held.batch_id = batch.id
join projection on projection.person_id = batch_held.person_id
where batch.created_at >= cast(:since as bigint) and projection.county_id = :county_id
group by coalesce(projection.township_id, '');
