-- name: of_staff(staff_id)
select staff_id, scope_id, weekday, hour, sent_on from bulletin_subscription
where staff_id = :staff_id order by created_at, scope_id;

-- name: put(staff_id, scope_id, weekday, hour, now)^
insert into bulletin_subscription (staff_id, scope_id, weekday, hour, created_at)
values (:staff_id, :scope_id, :weekday, :hour, :now)
on conflict (staff_id, scope_id) do update set weekday = excluded.weekday, hour = excluded.hour
returning staff_id;

-- name: drop(staff_id, scope_id)
delete from bulletin_subscription where staff_id = :staff_id and scope_id = :scope_id;

-- name: due(weekday, hour, today)
-- Whose day it is, from their hour on, who were not sent one today.
select staff_id, scope_id, weekday, hour, sent_on from bulletin_subscription
where weekday = :weekday and hour <= :hour and (sent_on is null or sent_on < :today)
order by scope_id, staff_id;

-- name: take(staff_id, scope_id, today)^
-- One process takes it; what is taken is not taken again on the same day.
update bulletin_subscription set sent_on = :today
where staff_id = :staff_id and scope_id = :scope_id and (sent_on is null or sent_on < :today)
returning staff_id;

-- name: give_back(staff_id, scope_id, sent_on)^
-- Nothing was sent for certain: the day of the last one stands again.
update bulletin_subscription set sent_on = :sent_on
where staff_id = :staff_id and scope_id = :scope_id
returning staff_id;

-- name: chats(staff_id)
select address from chat
where staff_id = :staff_id and channel = 'telegram' and blocked_at is null
order by id;
