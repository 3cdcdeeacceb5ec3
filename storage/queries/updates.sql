-- name: mark_done(source, number, chat_id, done_at)^
insert into done_update (source, number, chat_id, done_at)
values (:source, :number, :chat_id, :done_at)
on conflict (source, number) do nothing
returning number;

-- name: note_sent(told, at)
insert into done_update (source, number, chat_id, done_at, shown_at, messages)
select told.value ->> 0, told.value ->> 1, told.value ->> 2, :at, :at, told.value ->> 1
from json_each(:told) as told
where true
on conflict (source, number) do nothing
returning number;

-- name: mark_shown(updates, shown_at)
-- What was done in a chat before an update that was shown is not owed any more either.
update done_update set shown_at = :shown_at, messages = shown.messages
from (
    select
        earlier.source, earlier.number,
        max(case when earlier.number = told.number then named.value ->> 2 end) as messages
    from json_each(:updates) as named
    join done_update as told
    on told.source = named.value ->> 0 and told.number = named.value ->> 1
    join done_update as earlier
    on earlier.source = told.source and earlier.chat_id = told.chat_id
    and earlier.shown_at is null and earlier.done_at <= told.done_at
    group by earlier.source, earlier.number
) as shown
where done_update.source = shown.source and done_update.number = shown.number
returning done_update.number;

-- name: messages(channel, digest, since)
select done_update.messages
from chat
join done_update on done_update.chat_id = chat.id
where chat.channel = :channel and chat.address_digest = :digest
and done_update.messages is not null and done_update.done_at >= :since
order by done_update.done_at;

-- name: owed(source)
-- The last update of each chat that was done and not shown.
select chat.channel, chat.address, done_update.number
from done_update
join chat on chat.id = done_update.chat_id
where done_update.source = :source and done_update.shown_at is null and not exists (
    select 1 from done_update as later
    where later.source = done_update.source and later.chat_id = done_update.chat_id
    and later.shown_at is null
    and (later.done_at > done_update.done_at
        or (later.done_at = done_update.done_at and later.number > done_update.number)))
order by done_update.done_at;

-- name: active_since(source, since)
-- The chats that sent something since then.
select chat.channel, chat.address
from chat
where chat.blocked_at is null and chat.id in (
    select chat_id from done_update where source = :source and done_at >= :since);

-- name: purge(before)
delete from done_update where done_at < :before returning number;
