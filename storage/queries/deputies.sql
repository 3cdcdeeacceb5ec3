-- name: put(staff_id, deputy_id, from_on, until_on, created_by, created_at)^
insert into staff_deputy (staff_id, deputy_id, from_on, until_on, created_by, created_at)
values (:staff_id, :deputy_id, :from_on, :until_on, :created_by, :created_at)
on conflict (staff_id, deputy_id, from_on) do update set
    until_on = excluded.until_on, created_by = excluded.created_by,
    created_at = excluded.created_at
returning staff_id;

-- name: of_staff(staff_id, today)
select staff_id, deputy_id, from_on, until_on from staff_deputy
where staff_id = :staff_id and until_on >= :today
order by from_on, deputy_id;

-- name: lent(deputy_id, today)
-- An account that was suspended lends nothing.
select staff.id as staff_id, staff.role, staff.scope_id
from staff_deputy
join staff on staff.id = staff_deputy.staff_id
where staff_deputy.deputy_id = :deputy_id and staff.state = 'active'
and staff_deputy.from_on <= :today and staff_deputy.until_on >= :today
order by staff.id;

-- name: drop(staff_id, deputy_id)
delete from staff_deputy where staff_id = :staff_id and deputy_id = :deputy_id
returning staff_id;
