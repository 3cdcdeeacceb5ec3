-- name: of_places(places, most)
select
    id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at, state,
    mapping_id, choice, worked, counts, fault, password is not null as has_password, why,
    expires_at, approved_by, approved_at, taken_by, taken_at
from batch where scope_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by created_at desc, id desc limit :most;
