-- As in 001, with the columns of a chat that were added since.
drop function load_turn(text, bytea);

create function load_turn(wanted_channel text, wanted_digest bytea)
returns table (
    chat_id text, address bytea, language text, blocked_at bigint, created_at bigint,
    talk_id text, staff_id text,
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
            chat.talk_id, chat.staff_id,
            interview.id, interview.number, interview.person_id, interview.form_hash,
            interview.purpose, interview.status, interview.revision, interview.started_at,
            interview.updated_at, interview.state, person_key.wrapped
        from chat
        left join interview on interview.id = chat.open_interview_id
        left join person_key on person_key.person_id = interview.person_id
        where chat.channel = wanted_channel and chat.address_digest = wanted_digest;
end
$$;
-- What goes to a chat without its own turn (storage/outbox.py), in the order of the numbers.
create table outbox (
    number bigint generated always as identity primary key,
    chat_id text not null,
    person_id text,
    state text not null check (state in ('waiting', 'sending', 'sent', 'blocked', 'failed')),
    post bytea,
    created_at bigint not null,
    due_at bigint not null,
    claimed_at bigint,
    done_at bigint,
    attempts bigint not null
);

create index outbox_waiting on outbox (chat_id, number) where state in ('waiting', 'sending');

create index outbox_by_person on outbox (person_id);

create index outbox_done on outbox (done_at) where done_at is not null;
