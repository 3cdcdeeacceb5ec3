-- name: add(id, role, scope_id, name, invited_by, created_at)^
insert into staff (id, role, scope_id, name, state, invited_by, created_at)
values (:id, :role, :scope_id, :name, 'invited', :invited_by, :created_at)
returning id;

-- name: add_invitation(digest, staff_id, created_at, expires_at)^
insert into staff_invitation (digest, staff_id, created_at, expires_at)
values (:digest, :staff_id, :created_at, :expires_at)
returning staff_id;

-- name: use_invitation(digest, now)^
update staff_invitation set used_at = :now
where digest = :digest and used_at is null and expires_at > :now
returning staff_id;

-- name: drop_invitations(staff_id)
delete from staff_invitation where staff_id = :staff_id returning staff_id;

-- name: drop_unused(staff_id)
delete from staff_invitation where staff_id = :staff_id and used_at is null returning staff_id;

-- name: activate(id)^
update staff set state = 'active' where id = :id and state <> 'suspended' returning id;

-- name: suspend(id, now)^
update staff set state = 'suspended', suspended_at = :now
where id = :id and state <> 'suspended'
returning id;

-- name: resume(id)^
update staff set state = 'invited', suspended_at = null
where id = :id and state = 'suspended'
returning id;

-- name: saw(id, seen_on)^
update staff set seen_on = :seen_on where id = :id returning id;

-- name: get(id)^
select id, role, scope_id, name, state, invited_by, seen_on, created_at, suspended_at
from staff where id = :id;

-- name: everybody()
select id, role, scope_id, name, state, invited_by, seen_on, created_at, suspended_at
from staff order by id;

-- name: of_places(places)
select id, role, scope_id, name, state, invited_by, seen_on, created_at, suspended_at
from staff where scope_id in (select value from json_each(:places))
order by id;

-- name: devices(staff_id)
select id as chat_id, channel, staff_since, blocked_at from chat where staff_id = :staff_id
order by coalesce(staff_since, 0), id;

-- name: drop_device(staff_id, chat_id)^
update chat set staff_id = null, staff_since = null
where id = :chat_id and staff_id = :staff_id
returning id;

-- name: drop_devices(staff_id)
update chat set staff_id = null, staff_since = null where staff_id = :staff_id returning id;

-- name: any_reachable()^
select chat.id
from chat
join staff on staff.id = chat.staff_id
where chat.staff_id is not null and chat.blocked_at is null and staff.state = 'active'
and staff.role in ('station', 'county')
limit 1;

-- name: reachable(places, today)
-- Those who work at these places, and whoever stands in for one of them today.
select distinct chat.id as chat_id, chat.staff_id
from json_each(:places) as wanted
join staff on staff.scope_id = wanted.value
left join staff_deputy on staff_deputy.staff_id = staff.id
    and staff_deputy.from_on <= :today and staff_deputy.until_on >= :today
join staff as who on who.id = staff.id or who.id = staff_deputy.deputy_id
join chat on chat.staff_id = who.id
where staff.state = 'active' and who.state = 'active' and staff.role in ('station', 'county')
and chat.blocked_at is null
order by chat.id;

-- name: operator_chats()
select chat.id as chat_id
from staff
join chat on chat.staff_id = staff.id
where staff.role = 'operator' and staff.state = 'active' and chat.blocked_at is null
order by chat.id;
