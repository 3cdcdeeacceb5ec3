-- Which talk a chat is in, and whose chat of the staff it is: known in every turn for nothing.
alter table chat add column talk_id text;

alter table chat add column staff_id text;

create index chat_by_staff on chat (staff_id) where staff_id is not null;

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

-- Who is known before they answered (storage/roster.py). `person_id` holds the key that sealed the
-- answers; `answered_by` is whoever reported the number, which may be another person's row.
create table roster_entry (
    key_id text not null,
    digest bytea not null,
    person_id text not null references person (id),
    township_id text not null,
    ripe_on text,
    answers bytea,
    added_at bigint not null,
    answered_by text references person (id),
    answered_at bigint,
    primary key (key_id, digest)
);

create index roster_by_person on roster_entry (person_id);

create index roster_by_township on roster_entry (township_id) where answered_by is null;

create index roster_answered on roster_entry (answered_by);

-- Codes that a station hands to a person (storage/personal_codes.py).
create table personal_code (
    digest bytea primary key,
    kind text not null check (kind in ('roster', 'take_over')),
    person_id text not null references person (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create index personal_code_by_person on personal_code (person_id);

-- Own phones by keyed digest (storage/phones.py); a family may share one.
create table phone_index (
    key_id text not null,
    digest bytea not null,
    person_id text not null references person (id),
    source text not null check (source in ('roster', 'report')),
    primary key (key_id, digest, person_id)
);

create index phone_by_person on phone_index (person_id);

-- Whom a chat may choose, because it just shared its own phone (storage/phones.py).
create table phone_match (
    chat_id text not null references chat (id),
    person_id text not null references person (id),
    source text not null,
    until bigint not null,
    primary key (chat_id, person_id)
);

create index phone_match_by_person on phone_match (person_id);

-- Chats that are to be told that a person speaks for themselves now (storage/household.py).
create table taken_over (
    chat_id text not null references chat (id),
    person_id text not null references person (id),
    at bigint not null,
    primary key (chat_id, person_id)
);

create index taken_over_by_person on taken_over (person_id);

-- Who gave each answer of a report, how and when; sealed, beside the answers.
alter table report add column origins bytea;

-- Numbers that people say aloud, never given twice (storage/counters.py).
create table counter (
    name text primary key,
    value bigint not null
);

-- Who works at a station (storage/staff.py); `scope_id` is the permanent id of a place.
create table staff (
    id text primary key,
    role text not null check (role in (
        'station', 'county', 'city', 'province', 'operator', 'auditor')),
    scope_id text not null,
    name bytea,
    state text not null check (state in ('invited', 'active', 'suspended')),
    created_at bigint not null,
    suspended_at bigint
);

create index staff_by_scope on staff (scope_id);

create table staff_invitation (
    digest bytea primary key,
    staff_id text not null references staff (id),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create index staff_invitation_by_staff on staff_invitation (staff_id);

-- A talk of a chat with a station (storage/talks.py). `person_id` holds the key that seals its
-- lines, the system key does where it is empty. Chats are not referenced: a row of the other
-- side would be locked while its own turn holds ours.
create table talk (
    id text primary key,
    number bigint not null,
    state text not null check (state in ('asking', 'waiting', 'open', 'over')),
    place_id text,
    chat_id text not null,
    channel text not null,
    person_id text references person (id),
    staff_id text references staff (id),
    staff_chat_id text,
    case_id text,
    opened_at bigint not null,
    last_at bigint not null,
    ended_at bigint,
    ended_by text
);

create index talk_live on talk (place_id, number) where state <> 'over';

create index talk_by_person on talk (person_id);

create index talk_by_chat on talk (chat_id);

create index talk_ended on talk (ended_at) where state = 'over';

create table talk_line (
    talk_id text not null references talk (id),
    number bigint not null,
    by_staff bigint not null,
    at bigint not null,
    words bytea not null,
    primary key (talk_id, number)
);

-- Voice notes that wait for somebody to type them in (storage/voices.py).
create table voice_note (
    id text primary key,
    state text not null check (state in ('wanted', 'kept', 'lost')),
    person_id text not null references person (id),
    chat_id text not null,
    case_id text,
    path bytea not null,
    file_id bytea not null,
    content bytea,
    created_at bigint not null,
    look_at bigint not null
);

create index voice_note_wanted on voice_note (look_at) where state = 'wanted';

create index voice_note_by_person on voice_note (person_id);

create index voice_note_by_case on voice_note (case_id);

-- How somebody wants to be reminded (storage/preferences.py): weekday 0 is Monday, empty means any;
-- `paused_until` is the local day from which reminders may come again, 9999-12-31 for never.
create table reminder_preference (
    person_id text primary key references person (id),
    weekday bigint,
    hour bigint,
    paused_until text
);

-- The code of one's own that opens a person's whole record in one chat (storage/pins.py).
create table pin (
    person_id text not null references person (id),
    chat_id text not null references chat (id),
    key_id text not null,
    digest bytea not null,
    created_at bigint not null,
    primary key (person_id, chat_id)
);

-- Who left the range, why and when as far as it is known, who said so, and when they came back
-- (storage/departures.py). `left_on` is a day, a month or a year in ISO form, '' when not known.
create table departure (
    person_id text not null references person (id),
    told_at bigint not null,
    reason text not null,
    left_on text not null,
    told_by text not null,
    returned_at bigint,
    primary key (person_id, told_at)
);

-- Numbers of the messages of a turn, the person's own among them, so that a chat can be cleared.
alter table done_update add column messages text;

create index done_update_messages on done_update (chat_id, done_at) where messages is not null;

-- Who opened a person's record, for that person.
create index audit_by_scope on audit (scope, at);

-- Clips that Telegram keeps by an id of its own, for one bot (storage/clips.py).
create table sent_clip (
    bot text not null,
    digest text not null,
    file_id text not null,
    kept_at bigint not null,
    primary key (bot, digest)
);
