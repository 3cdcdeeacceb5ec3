-- name: reachable(places)
select chat.id as chat_id, staff.id as staff_id, staff.scope_id
from json_array_elements_text(cast(:places as json)) as wanted (place)
join staff on staff.scope_id = wanted.place
join chat on chat.staff_id = staff.id
where staff.state = 'active' and chat.blocked_at is null
order by chat.id;
