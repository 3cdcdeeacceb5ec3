-- name: add(id, role, scope_id, name, created_at)^
insert into staff (id, role, scope_id, name, state, created_at)
values (:id, :role, :scope_id, :name, 'invited', :created_at)
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

-- name: activate(id)^
update staff set state = 'active' where id = :id and state <> 'suspended' returning id;

-- name: suspend(id, now)^
update staff set state = 'suspended', suspended_at = :now
where id = :id and state <> 'suspended'
returning id;

-- name: get(id)^
select id, role, scope_id, name, state, created_at, suspended_at from staff where id = :id;

-- name: everybody()
select id, role, scope_id, name, state, created_at, suspended_at from staff order by id;

-- name: any_reachable()^
select chat.id
from chat
join staff on staff.id = chat.staff_id
where chat.staff_id is not null and chat.blocked_at is null and staff.state = 'active'
limit 1;

-- name: reachable(places)
select chat.id as chat_id, staff.id as staff_id, staff.scope_id
from json_each(:places) as wanted
join staff on staff.scope_id = wanted.value
join chat on chat.staff_id = staff.id
where staff.state = 'active' and chat.blocked_at is null
order by chat.id;

-- name: operator_chats()
select chat.id as chat_id
from staff
join chat on chat.staff_id = staff.id
where staff.role = 'operator' and staff.state = 'active' and chat.blocked_at is null
order by chat.id;
