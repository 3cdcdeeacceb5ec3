-- name: find(bot, digest)^
select file_id from sent_clip where bot = :bot and digest = :digest;

-- name: keep(bot, digest, file_id, kept_at)
insert into sent_clip (bot, digest, file_id, kept_at)
values (:bot, :digest, :file_id, :kept_at)
on conflict (bot, digest) do update set file_id = excluded.file_id, kept_at = excluded.kept_at
returning digest;

-- name: forget(bot, digest, file_id)
delete from sent_clip where bot = :bot and digest = :digest and file_id = :file_id
returning digest;
