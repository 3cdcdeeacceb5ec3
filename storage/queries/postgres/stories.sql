-- name: names(ids)
select id, role, scope_id, name from staff where id in (
    select wanted from json_array_elements_text(cast(:ids as json)) as given (wanted));
