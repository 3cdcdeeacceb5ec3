-- name: hold(id)^
-- Reports of one person from two chats come one after the other.
select id from person where id = :id for update;

-- name: in_scope(places, tag)
select
    id, state, exit_reason, township_id, county_id, birth_year, sex, due_on, due_slot, created_at
from person
where coalesce(township_id, county_id) in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
and state <> 'erased' and id like '%' || cast(:tag as text)
order by id;
