-- name: with_login(staff_ids)
select staff_id from staff_login
where staff_id in (select value from json_array_elements_text(:staff_ids::json));
