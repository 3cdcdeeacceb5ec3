-- name: of_places(places)
select id, role, scope_id, name, state, invited_by, seen_on, created_at, suspended_at
from staff where scope_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by id;

-- name: reachable(places, today)
-- Those who work at these places, and whoever stands in for one of them today.
select distinct chat.id as chat_id, chat.staff_id
from json_array_elements_text(cast(:places as json)) as wanted (place)
join staff on staff.scope_id = wanted.place
left join staff_deputy on staff_deputy.staff_id = staff.id
    and staff_deputy.from_on <= :today and staff_deputy.until_on >= :today
join staff as who on who.id = staff.id or who.id = staff_deputy.deputy_id
join chat on chat.staff_id = who.id
where staff.state = 'active' and who.state = 'active' and staff.role in ('station', 'county')
and chat.blocked_at is null
order by chat.id;
