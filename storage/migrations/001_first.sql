create table form (
    hash text primary key,
    form_id text not null,
    version text not null,
    xml text not null,
    source_digest text not null,
    published_at bigint not null
);

create index form_by_source on form (source_digest);

create table system_key (
    name text primary key,
    wrapped bytea not null
);

create table person (
    id text primary key,
    state text not null check (state in ('active', 'out_of_range', 'erased')),
    exit_reason text,
    exit_on text,
    township_id text,
    county_id text,
    birth_year bigint,
    sex text,
    due_on text,
    due_slot bigint,
    created_at bigint not null,
    updated_at bigint not null
);

create index person_by_township on person (township_id);

create table person_key (
    person_id text primary key references person (id),
    wrapped bytea not null
);

create table identity_index (
    key_id text not null,
    digest bytea not null,
    person_id text not null references person (id),
    primary key (key_id, digest)
);

create index identity_by_person on identity_index (person_id);

create table consent (
    person_id text not null references person (id),
    version text not null,
    given_at bigint not null,
    sensitive_given_at bigint,
    withdrawn_at bigint,
    primary key (person_id, version)
);

create table chat (
    id text primary key,
    channel text not null,
    address_digest bytea not null,
    address bytea not null,
    open_interview_id text,
    language text not null,
    blocked_at bigint,
    created_at bigint not null,
    unique (channel, address_digest)
);

create table chat_person (
    chat_id text not null references chat (id),
    person_id text not null references person (id),
    relation text not null,
    created_at bigint not null,
    primary key (chat_id, person_id)
);

create index chat_person_by_person on chat_person (person_id);

create table done_update (
    source text not null,
    number bigint not null,
    chat_id text not null,
    done_at bigint not null,
    shown_at bigint,
    primary key (source, number)
);

create index done_update_owed on done_update (source, chat_id) where shown_at is null;

create table interview (
    id text primary key,
    chat_id text not null references chat (id),
    number bigint not null,
    person_id text not null references person (id),
    form_hash text not null references form (hash),
    purpose text not null check (purpose in ('first', 'update', 'correction')),
    status text not null check (status in ('open', 'paused', 'submitted', 'stopped')),
    revision bigint not null,
    started_at bigint not null,
    updated_at bigint not null,
    state bytea,
    unique (chat_id, number)
);

create index interview_by_person on interview (person_id);

create table report (
    id text primary key,
    person_id text not null references person (id),
    version bigint not null,
    cycle bigint not null,
    form_hash text not null references form (hash),
    submitted_at bigint not null,
    informant_relation text not null,
    collection_method text not null,
    state text not null check (
        state in ('submitted', 'verified', 'returned', 'exported', 'accepted', 'rejected')),
    reference text not null unique,
    answers bytea not null,
    unique (person_id, version)
);

create table projection (
    person_id text primary key references person (id),
    report_id text not null references report (id),
    cycle bigint not null,
    submitted_at bigint not null,
    city_id text,
    county_id text,
    township_id text,
    birth_year bigint,
    birth_month bigint,
    sex text,
    education text,
    employment_status text,
    employment_form text,
    work_industry text,
    income_band text,
    stable_employment text,
    startup_status text,
    returnee_startup text,
    transfer_region text,
    work_province text,
    unemployed_reason text,
    job_intent text,
    job_industry text,
    expected_salary text,
    expected_place text,
    training_intent text,
    training_month text,
    training_place text,
    training_trade text,
    informant_relation text,
    collection_method text,
    in_export bigint not null
);

create index projection_by_county on projection (county_id, person_id);

create index projection_by_township on projection (township_id, person_id);

create table return_code (
    digest bytea primary key,
    person_id text not null references person (id),
    created_at bigint not null
);

create index return_code_by_person on return_code (person_id);

create table attempt (
    kind text not null,
    subject_digest bytea not null,
    hour bigint not null,
    count bigint not null,
    primary key (kind, subject_digest, hour)
);

create table transfer_case (
    id text primary key,
    person_id text not null references person (id),
    known_person_id text not null references person (id),
    station text,
    state text not null check (state in ('open', 'settled')),
    created_at bigint not null
);

create index transfer_case_by_person on transfer_case (person_id);

create table reminder (
    id text primary key,
    kind text not null,
    person_id text not null references person (id),
    chat_id text references chat (id),
    cycle bigint not null,
    step bigint not null,
    due_at bigint not null,
    not_after bigint not null,
    state text not null check (state in (
        'planned', 'claimed', 'sending', 'sent', 'answered', 'cleared', 'muted', 'blocked',
        'failed', 'expired', 'unknown')),
    reason text not null,
    attempts bigint not null,
    claimed_at bigint,
    sent_at bigint
);

create index reminder_due on reminder (due_at) where state = 'planned';

create index reminder_taken on reminder (claimed_at) where state in ('claimed', 'sending');

create index reminder_by_person on reminder (person_id);

create table lease (
    name text primary key,
    holder text not null,
    fencing bigint not null,
    expires_at bigint not null
);

create table tally (
    kind text not null,
    day text not null,
    reason text not null,
    count bigint not null,
    primary key (kind, day, reason)
);

create table batch (
    id text primary key,
    kind text not null,
    county_id text,
    cycle bigint,
    who text not null,
    reason text not null,
    row_count bigint not null,
    held_back bigint not null,
    file_digest text not null,
    created_at bigint not null
);

create table audit (
    id text primary key,
    at bigint not null,
    actor text not null,
    action text not null,
    scope text not null,
    detail bytea
);

create index audit_by_time on audit (at);
