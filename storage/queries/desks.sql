-- name: get(chat_id)^
select kind, state, at from desk_state where chat_id = :chat_id;

-- name: put(chat_id, kind, state, at)^
insert into desk_state (chat_id, kind, state, at) values (:chat_id, :kind, :state, :at)
on conflict (chat_id) do update set kind = excluded.kind, state = excluded.state, at = excluded.at
returning chat_id;

-- name: clear(chat_id)
delete from desk_state where chat_id = :chat_id returning chat_id;

-- name: purge(before, others_before)
delete from desk_state
where at < :before or (at < :others_before and kind not like 'fol.%')
returning chat_id;
