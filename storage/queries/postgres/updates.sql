-- name: mark_shown(updates, shown_at)
-- What was done in a chat before an update that was shown is not owed any more either.
update done_update set shown_at = :shown_at
from (
    select told.source, told.chat_id, told.done_at
    from json_array_elements(cast(:updates as json)) as named (pair)
    join done_update as told
    on told.source = named.pair ->> 0 and told.number = cast(named.pair ->> 1 as bigint)
) as shown
where done_update.shown_at is null and done_update.source = shown.source
and done_update.chat_id = shown.chat_id and done_update.done_at <= shown.done_at
returning done_update.number;
