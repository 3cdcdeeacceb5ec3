-- name: wanting(places, trade, month, place, start, most)
select
    person.id as person_id, person.birth_year, person.sex, projection.township_id,
    projection.county_id, projection.training_trade, projection.training_month,
    projection.training_place, report.form_hash, report.answers, person_key.wrapped
from projection
join person on person.id = projection.person_id
join person_key on person_key.person_id = person.id
join report on report.id = projection.report_id
where projection.training_intent = '1' and projection.in_export = 1
and person.state = 'active'
and coalesce(projection.township_id, projection.county_id)
    in (select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and (cast(:trade as text) = '' or (' ' || projection.training_trade || ' ')
    like ('% ' || cast(:trade as text) || ' %'))
and (cast(:month as text) = '' or projection.training_month = cast(:month as text))
and (cast(:place as text) = '' or projection.training_place = cast(:place as text))
order by coalesce(projection.training_month, '9999'), person.id
limit cast(:most as bigint) offset cast(:start as bigint);

-- name: months(places, trade, place)
select coalesce(projection.training_month, '') as month, count(*) as count
from projection
join person on person.id = projection.person_id
where projection.training_intent = '1' and projection.in_export = 1
and person.state = 'active'
and coalesce(projection.township_id, projection.county_id)
    in (select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and (cast(:trade as text) = '' or (' ' || projection.training_trade || ' ')
    like ('% ' || cast(:trade as text) || ' %'))
and (cast(:place as text) = '' or projection.training_place = cast(:place as text))
group by coalesce(projection.training_month, '')
order by 1;
