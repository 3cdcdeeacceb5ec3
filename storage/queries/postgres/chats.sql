-- name: load_turn(channel, digest)^
-- A function, so that the interview is read after the lock on the chat was granted.
select * from load_turn(:channel, :digest);

-- name: take_turn(channel, digest, source, number, done_at)^
-- One round trip for the usual turn: the interview's own row is locked, and a lock that was
-- waited for brings the row as it is by then. No row when none is open: see `load_turn`.
with turn as (
    select
        chat.id as chat_id, chat.address, chat.language, chat.blocked_at, chat.created_at,
        chat.talk_id, chat.staff_id,
        interview.id as interview_id, interview.number, interview.person_id, interview.form_hash,
        interview.purpose, interview.status, interview.revision, interview.started_at,
        interview.updated_at, interview.state, person_key.wrapped
    from chat
    join interview on interview.id = chat.open_interview_id
    join person_key on person_key.person_id = interview.person_id
    where chat.channel = :channel and chat.address_digest = :digest
    and interview.status in ('open', 'paused')
    for update of interview),
done as (
    insert into done_update (source, number, chat_id, done_at)
    select :source, :number, turn.chat_id, :done_at from turn
    on conflict do nothing
    returning number)
select turn.*, not exists (select 1 from done) as was_done from turn;
