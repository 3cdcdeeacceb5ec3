-- name: put(chat_id, staff_id, until)^
insert into staff_view (chat_id, staff_id, until) values (:chat_id, :staff_id, :until)
on conflict (chat_id) do update set staff_id = excluded.staff_id, until = excluded.until
returning chat_id;

-- name: get(chat_id, now)^
select staff_id, until from staff_view where chat_id = :chat_id and until > :now;

-- name: drop(chat_id)
delete from staff_view where chat_id = :chat_id returning staff_id;

-- name: drop_about(staff_id)
-- Those that look at an account, and those that it looks through.
delete from staff_view
where staff_id = :staff_id or chat_id in (select id from chat where chat.staff_id = :staff_id)
returning chat_id;
