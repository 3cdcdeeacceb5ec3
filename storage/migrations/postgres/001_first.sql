
-- A lock that was waited for, and a join in the same statement, would show the interview as it
-- was before the wait. Each statement of a volatile function sees what was committed by then.
create function load_turn(wanted_channel text, wanted_digest bytea)
returns table (
    chat_id text, address bytea, language text, blocked_at bigint, created_at bigint,
    interview_id text, number bigint, person_id text, form_hash text, purpose text, status text,
    revision bigint, started_at bigint, updated_at bigint, state bytea, wrapped bytea)
language plpgsql volatile
as $$
begin
    perform 1 from chat
    where chat.channel = wanted_channel and chat.address_digest = wanted_digest
    for update;
    return query
        select
            chat.id, chat.address, chat.language, chat.blocked_at, chat.created_at,
            interview.id, interview.number, interview.person_id, interview.form_hash,
            interview.purpose, interview.status, interview.revision, interview.started_at,
            interview.updated_at, interview.state, person_key.wrapped
        from chat
        left join interview on interview.id = chat.open_interview_id
        left join person_key on person_key.person_id = interview.person_id
        where chat.channel = wanted_channel and chat.address_digest = wanted_digest;
end
$$;

-- Sealed values do not compress. Kept inside of their row, and with room beside it, a save
-- touches one page and no index; out of line it would rewrite the value's own table and index.
alter table interview set (toast_tuple_target = 8160, fillfactor = 50);
alter table report set (toast_tuple_target = 8160);
alter table interview alter column state set storage external;
alter table report alter column answers set storage external;
