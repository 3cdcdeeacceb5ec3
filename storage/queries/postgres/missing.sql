-- name: reported(places, after, cycle, most)
select
    person.id as person_id, person.birth_year, report.form_hash, report.answers,
    person_key.wrapped
from person
join projection on projection.person_id = person.id
join report on report.id = projection.report_id
join person_key on person_key.person_id = person.id
where person.state = 'active' and person.id > :after and projection.cycle < :cycle
and person.township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by person.id limit :most;

-- name: listed(places, after, today, most)
select
    person.id as person_id, person.birth_year, null as form_hash, roster_entry.answers,
    person_key.wrapped
from roster_entry
join person on person.id = roster_entry.person_id
join person_key on person_key.person_id = person.id
where person.state = 'active' and person.id > :after and roster_entry.answered_by is null
and roster_entry.answers is not null
and (roster_entry.ripe_on is null or roster_entry.ripe_on <= :today)
and roster_entry.township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by person.id limit :most;
