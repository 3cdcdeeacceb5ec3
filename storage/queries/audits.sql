-- name: write(id, at, actor, action, scope, detail)^
insert into audit (id, at, actor, action, scope, detail)
values (:id, :at, :actor, :action, :scope, :detail)
returning id;

-- name: since(at)
select id, at, actor, action, scope, detail from audit where at >= :at order by at, id;

-- name: visits(person, person_id, county, most)
-- A county's list holds a person from their first report on. Who was refused saw nothing.
select at, actor, action, scope from audit
where action not like '%.refused' and (scope = :person or (scope = :county and at >= (
    select min(submitted_at) from report where report.person_id = :person_id)))
order by at desc, action, id limit :most;

-- name: page(from_at, until_at, before_at, before_id, actor, action, scope, places, abouts, most)
-- The latest lines of a time, of those that concern these places: by who did it, or about whom.
-- `places` is null for whoever reads all of it, `abouts` names the places as the audit does.
select id, at, actor, action, scope, detail
from audit
where at >= :from_at and at < :until_at
and (at < :before_at or (at = :before_at and id < :before_id))
and (cast(:actor as text) = '' or actor = :actor)
and (cast(:action as text) = '' or action = :action or action = :action || '.refused')
and (cast(:scope as text) = '' or scope = :scope)
and (
    cast(:places as text) is null
    or actor in (
        select 'staff:' || staff.id from staff
        join json_each(:places) as wanted on wanted.value = staff.scope_id)
    or scope in (
        select 'staff:' || staff.id from staff
        join json_each(:places) as wanted on wanted.value = staff.scope_id)
    or scope in (select wanted.value from json_each(:abouts) as wanted)
    or (scope like 'person:%' and exists (
        select 1 from person
        join json_each(:places) as wanted
            on wanted.value = coalesce(person.township_id, person.county_id)
        where person.id = substr(audit.scope, 8)))
)
order by at desc, id desc
limit :most;
