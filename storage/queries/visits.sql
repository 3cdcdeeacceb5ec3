-- name: to_visit(township_id, today, cycle)
-- Who of a township is missing: on the roster without an answer, or not confirmed in this cycle.
select
    person.id as person_id, person_key.wrapped, roster_entry.answers as known,
    cast(null as text) as form_hash, cast(null as text) as report_id
from roster_entry
join person on person.id = roster_entry.person_id
join person_key on person_key.person_id = person.id
where roster_entry.township_id = :township_id and roster_entry.answered_by is null
and roster_entry.answers is not null
and (roster_entry.ripe_on is null or roster_entry.ripe_on <= :today)
and not exists (select 1 from report where report.person_id = person.id)
union all
select
    person.id as person_id, person_key.wrapped, report.answers as known,
    report.form_hash, report.id as report_id
from projection
join person on person.id = projection.person_id
join person_key on person_key.person_id = person.id
join report on report.id = projection.report_id
where projection.township_id = :township_id and projection.cycle < :cycle
and projection.in_export = 1 and person.state = 'active'
order by person_id;

-- name: in_cycle(township_id, cycle)
-- Whose report of this cycle is there already.
select person_id from projection where township_id = :township_id and cycle >= :cycle;

-- name: cycle_of(person_id)^
select cycle from projection where person_id = :person_id;

-- name: mark_entered(id, by)^
update report set entered_by = :by where id = :id returning id;
