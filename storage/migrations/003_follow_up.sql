-- A prompt of a wave, with which text it went out, under which ladder it was planned, and when
-- whoever got it first did something about it (storage/reminders.py).
alter table reminder add column wave_id text;

alter table reminder add column wording text not null default '';

alter table reminder add column ladder text not null default '';

alter table reminder add column opened_at bigint;

-- The fencing number of the lease under which a row was claimed: whoever holds a later lease knows
-- without any clock that an earlier claim is dead.
alter table reminder add column claimed_by bigint not null default 0;

-- The contact budget of a chat is counted from what was sent to it.
create index reminder_contact on reminder (chat_id, sent_at) where sent_at is not null;

create index reminder_of_wave on reminder (wave_id, state) where wave_id is not null;

-- Many prompts started together (storage/waves.py): a yearly update in a county's own weeks, or a
-- follow-up of a station. `filter` and `words` are sealed, for a filter may name a person.
-- `planned_after` is where planning goes on after a crash; `call_list` says that people whom no prompt
-- can reach are put on the call list of their station.
create table wave (
    id text primary key,
    kind text not null check (kind in ('yearly', 'follow_up')),
    state text not null check (state in (
        'draft', 'planning', 'running', 'paused', 'stopped', 'over')),
    scope_id text not null,
    cycle bigint not null,
    wording text not null,
    words bytea,
    filter bytea,
    first_on text,
    last_on text,
    not_after bigint not null,
    planned_after text not null default '',
    planned bigint not null default 0,
    call_list bigint not null default 0,
    created_by text not null,
    created_at bigint not null,
    changed_by text not null,
    changed_at bigint not null,
    reason text not null default ''
);

create index wave_by_scope on wave (scope_id, created_at);

-- Whether bulk may be sent at all, and who said so (storage/switches.py).
create table switch (
    name text primary key,
    state text not null check (state in ('on', 'paused')),
    changed_by text not null,
    changed_at bigint not null,
    reason text not null
);

-- Texts of prompts that a station or county wrote (storage/wordings.py); never edited, only followed
-- by the next version. They name nobody: what is put in for a person is a placeholder.
create table wording (
    key text not null,
    version bigint not null,
    scope_id text not null,
    state text not null check (state in ('draft', 'approved', 'refused', 'retired')),
    text text not null,
    created_by text not null,
    created_at bigint not null,
    judged_by text,
    judged_at bigint,
    primary key (key, version)
);

create index wording_by_scope on wording (scope_id);

-- Who let an account in; who stands in for whom; whom a supervisor looks over the shoulder of.
alter table staff add column invited_by text;

create table staff_deputy (
    staff_id text not null references staff (id),
    deputy_id text not null references staff (id),
    from_on text not null,
    until_on text not null,
    created_by text not null,
    created_at bigint not null,
    primary key (staff_id, deputy_id, from_on)
);

create index staff_deputy_by_deputy on staff_deputy (deputy_id);

create table staff_view (
    chat_id text primary key references chat (id),
    staff_id text not null references staff (id),
    until bigint not null
);

create index staff_view_by_staff on staff_view (staff_id);

-- The last local day on which an account was used, and since when a chat has been one's device.
alter table staff add column seen_on text;

alter table chat add column staff_since bigint;

-- What somebody of the staff is in the middle of in their chat (storage/desks.py), sealed.
create table desk_state (
    chat_id text primary key references chat (id),
    kind text not null,
    state bytea,
    at bigint not null
);

-- A case has a priority (higher first), a moment before which it need not be looked at, somebody who
-- works on it, the reminder that led to it, and words that are sealed with the person's key.
alter table station_case add column priority bigint not null default 0;

alter table station_case add column look_at bigint not null default 0;

alter table station_case add column taken_by text;

alter table station_case add column reminder_id text;

alter table station_case add column cycle bigint;

alter table station_case add column detail bytea;

-- One open case of a kind for a person, however often it is asked for.
create index station_case_of_person on station_case (person_id, kind) where closed_at is null;

-- An interview that somebody of the staff fills in for a person, in the staff's own chat.
alter table interview add column entered_by text;

alter table report add column entered_by text;

alter table report add column reviewed_by text;

alter table report add column reviewed_at bigint;

create index report_to_review on report (state, submitted_at) where state = 'submitted';

-- What a report was returned for: one question, asked of the worker as just that question.
create table report_query (
    id text primary key,
    report_id text not null references report (id),
    person_id text not null references person (id),
    path bytea not null,
    words bytea not null,
    asked_by text not null,
    asked_at bigint not null,
    told_at bigint,
    answered_at bigint
);

create index report_query_open on report_query (person_id) where answered_at is null;

-- What was tried about a case, one row a try, none ever changed (storage/case_steps.py); `note` is
-- sealed with the person's key. Whoever takes a case holds it for a while.
create table case_step (
    id text primary key,
    case_id text not null references station_case (id),
    at bigint not null,
    made_by text not null,
    outcome text not null,
    note bytea
);

create index case_step_of_case on case_step (case_id, at);

alter table station_case add column taken_at bigint not null default 0;
