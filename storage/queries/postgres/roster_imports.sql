-- name: of_places(places, most)
select
    id, upload_id, scope_id, state, name, head, mapping, rule, total, worked, fault, reason,
    created_by, created_at, changed_at
from roster_import
where scope_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and state <> 'dropped'
order by created_at desc, id desc limit :most;
