-- name: waiting(places, most)
select
    report.id, report.person_id, report.version, report.cycle, report.form_hash,
    report.submitted_at, report.informant_relation, report.collection_method, report.state,
    report.reference, report.answers, report.origins, person_key.wrapped,
    projection.township_id, projection.county_id
from projection
join report on report.id = projection.report_id
join person_key on person_key.person_id = report.person_id
where report.state = 'submitted' and (
    projection.township_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))
    or (projection.township_id is null and projection.county_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))))
order by report.submitted_at, report.id
limit :most;

-- name: count(places)^
select count(*) as total
from projection
where projection.stage = 'submitted' and (
    projection.township_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))
    or (projection.township_id is null and projection.county_id in (
        select place from json_array_elements_text(cast(:places as json)) as wanted (place))));
