-- name: waiting(places)
select
    id, number, state, place_id, chat_id, channel, person_id, staff_id, staff_chat_id, case_id,
    opened_at, last_at, ended_by
from talk where state = 'waiting' and place_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by number;
