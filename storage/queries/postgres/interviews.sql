-- name: advance(id, chat_id, revision, state, status, source, number, now)^
-- One round trip, all of it. The locks come in the order of `load_turn`; when one was waited for,
-- the revision is compared again with the row as it is by then, so nothing is noted in vain.
with done as (
    insert into done_update (source, number, chat_id, done_at)
    select :source, :number, held.id, :now
    from (
        select chat.id
        from chat
        join interview on interview.id = chat.open_interview_id
        where chat.id = :chat_id and interview.id = :id and interview.revision = :revision
        for update
    ) as held
    on conflict (source, number) do nothing
    returning number)
update interview set state = :state, status = :status, revision = revision + 1, updated_at = :now
where id = :id and revision = :revision and exists (select 1 from done)
returning revision;
