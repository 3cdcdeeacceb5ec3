-- name: page(from_at, until_at, before_at, before_id, actor, action, scope, places, abouts, most)
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
        select 'staff:' || staff.id from staff where staff.scope_id in (
            select place from json_array_elements_text(cast(:places as json)) as wanted (place)))
    or scope in (
        select 'staff:' || staff.id from staff where staff.scope_id in (
            select place from json_array_elements_text(cast(:places as json)) as wanted (place)))
    or scope in (
        select about from json_array_elements_text(cast(:abouts as json)) as wanted (about))
    or (scope like 'person:%' and exists (
        select 1 from person
        where person.id = substr(audit.scope, 8)
        and coalesce(person.township_id, person.county_id) in (
            select place from json_array_elements_text(cast(:places as json)) as wanted (place))))
)
order by at desc, id desc
limit :most;
