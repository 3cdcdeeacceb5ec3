-- What goes to a chat without its own turn (storage/outbox.py), in the order of the numbers.
create table outbox (
    number integer primary key autoincrement,
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
