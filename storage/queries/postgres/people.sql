-- name: hold(id)^
-- Reports of one person from two chats come one after the other.
select id from person where id = :id for update;
