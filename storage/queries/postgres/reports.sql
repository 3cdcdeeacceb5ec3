-- name: export_chunk(county_id, stations, cycle, after, most)
with page as materialized (
    select person_id, township_id, cycle, report_id
    from projection
    where county_id = :county_id and person_id > :after and in_export = 1 and (
        cast(:stations as text) = '[]' or township_id in (
            select place from json_array_elements_text(cast(:stations as json)) as wanted (place)))
    order by person_id
    limit :most)
select
    page.person_id, page.township_id, report.id as report_id, report.version,
    report.form_hash, report.state, report.answers, person_key.wrapped
from page
join person_key on person_key.person_id = page.person_id
left join lateral (
    select * from report
    where report.id = case
        when cast(:cycle as bigint) = 0 or :cycle = page.cycle then page.report_id
        else (
            select id from report as older
            where older.person_id = page.person_id and older.cycle = :cycle
            order by older.version desc limit 1)
        end
    limit 1) as report on true
order by page.person_id;

-- name: export_counts(county_id, stations, cycle)
select report.state, count(*) as total
from projection
join report on report.id = case
    when cast(:cycle as bigint) = 0 or :cycle = projection.cycle then projection.report_id
    else (
        select id from report as older
        where older.person_id = projection.person_id and older.cycle = :cycle
        order by older.version desc limit 1)
    end
where projection.county_id = :county_id and projection.in_export = 1 and (
    cast(:stations as text) = '[]' or projection.township_id in (
        select place from json_array_elements_text(cast(:stations as json)) as wanted (place)))
group by report.state;
