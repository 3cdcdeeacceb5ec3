-- name: advance(id, chat_id, revision, state, status, source, number, now)^
-- One transaction in one hop to the thread, undone when either statement yields no row.
insert into done_update (source, number, chat_id, done_at)
values (:source, :number, :chat_id, :now)
on conflict (source, number) do nothing
returning number;
update interview set state = :state, status = :status, revision = revision + 1, updated_at = :now
where id = :id and revision = :revision
and exists (select 1 from chat where id = :chat_id and open_interview_id = :id)
returning revision;
