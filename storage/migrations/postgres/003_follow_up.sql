
-- As in 002, with who enters the interview for somebody.
drop function load_turn(text, bytea);

create function load_turn(wanted_channel text, wanted_digest bytea)
returns table (
    chat_id text, address bytea, language text, blocked_at bigint, created_at bigint,
    talk_id text, staff_id text,
    interview_id text, number bigint, person_id text, form_hash text, purpose text, status text,
    revision bigint, started_at bigint, updated_at bigint, entered_by text, state bytea,
    wrapped bytea)
language plpgsql volatile
as $$
begin
    perform 1 from chat
    where chat.channel = wanted_channel and chat.address_digest = wanted_digest
    for update;
    return query
        select
            chat.id, chat.address, chat.language, chat.blocked_at, chat.created_at,
            chat.talk_id, chat.staff_id,
            interview.id, interview.number, interview.person_id, interview.form_hash,
            interview.purpose, interview.status, interview.revision, interview.started_at,
            interview.updated_at, interview.entered_by, interview.state, person_key.wrapped
        from chat
        left join interview on interview.id = chat.open_interview_id
        left join person_key on person_key.person_id = interview.person_id
        where chat.channel = wanted_channel and chat.address_digest = wanted_digest;
end
$$;
