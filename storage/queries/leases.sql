-- name: release(name, holder, fencing)^
update lease set expires_at = 0
where name = :name and holder = :holder and fencing = :fencing
returning fencing;
