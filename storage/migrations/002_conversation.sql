-- What a station has to look at (storage/cases.py).
create table station_case (
    id text primary key,
    kind text not null,
    township_id text,
    person_id text references person (id),
    chat_id text references chat (id),
    created_at bigint not null,
    closed_at bigint,
    closed_by text,
    outcome text
);

create index station_case_waiting on station_case (township_id, created_at)
where closed_at is null;

create index station_case_by_person on station_case (person_id);

create index station_case_by_chat on station_case (chat_id);
