-- name: add(id, staff_id, filter, now)^
insert into saved_filter (id, staff_id, filter, created_at)
values (:id, :staff_id, :filter, :now)
returning id;

-- name: get(id, staff_id)^
-- Nobody has anybody else's.
select id, name, filter from saved_filter where id = :id and staff_id = :staff_id;

-- name: name_it(id, staff_id, name, filter)^
update saved_filter set name = :name, filter = :filter
where id = :id and staff_id = :staff_id returning id;

-- name: of_staff(staff_id)
select id, name, filter from saved_filter
where staff_id = :staff_id and name is not null
order by created_at, id;

-- name: drop(id, staff_id)^
delete from saved_filter where id = :id and staff_id = :staff_id returning id;

-- name: purge(before)
delete from saved_filter where name is null and created_at < :before returning id;
