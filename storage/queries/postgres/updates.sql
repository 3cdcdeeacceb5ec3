-- name: mark_shown(updates, shown_at)
-- What was done in a chat before an update that was shown is not owed any more either.
update done_update set shown_at = :shown_at, messages = shown.messages
from (
    select
        earlier.source, earlier.number,
        max(case when earlier.number = told.number then named.update ->> 2 end) as messages
    from json_array_elements(cast(:updates as json)) as named (update)
    join done_update as told
    on told.source = named.update ->> 0 and told.number = cast(named.update ->> 1 as bigint)
    join done_update as earlier
    on earlier.source = told.source and earlier.chat_id = told.chat_id
    and earlier.shown_at is null and earlier.done_at <= told.done_at
    group by earlier.source, earlier.number
) as shown
where done_update.source = shown.source and done_update.number = shown.number
returning done_update.number;

-- name: note_sent(told, at)
insert into done_update (source, number, chat_id, done_at, shown_at, messages)
select
    told.value ->> 0, cast(told.value ->> 1 as bigint), told.value ->> 2, cast(:at as bigint),
    cast(:at as bigint), told.value ->> 1
from json_array_elements(cast(:told as json)) as told (value)
on conflict (source, number) do nothing
returning number;
