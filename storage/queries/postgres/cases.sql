-- name: of_places(places)
select id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome
from station_case
where closed_at is null and township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by created_at, id;
