-- How somebody of the staff signs in to the console (storage/logins.py). The name is found by a keyed
-- digest; `password` is an argon2 hash; `totp` the sealed secret of their authenticator, `totp_step` the
-- last step that was used, so that no code works twice.
create table staff_login (
    staff_id text primary key references staff (id),
    name_digest bytea not null unique,
    name bytea not null,
    password text not null,
    totp bytea not null,
    totp_step bigint not null,
    changed_at bigint not null
);

-- Failed tries by the digest of the name that was typed, whether anybody has it or not: so that
-- nobody learns from a lock which names there are.
create table login_failure (
    name_digest bytea primary key,
    failed bigint not null,
    locked_until bigint not null,
    failed_at bigint not null
);

-- One-time links to the console, made by the bot or the command line. `kind` says what they open:
-- 'lists' masked work lists, 'setup' the page where name, password and authenticator are chosen.
create table console_link (
    digest bytea primary key,
    staff_id text not null references staff (id),
    kind text not null check (kind in ('lists', 'setup')),
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint
);

create index console_link_by_staff on console_link (staff_id);

-- Only the digest of a session's token is kept. `level` is what was proved: a link, or all of it.
create table console_session (
    digest bytea primary key,
    staff_id text not null references staff (id),
    level text not null check (level in ('link', 'full')),
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
);

create index console_session_by_staff on console_session (staff_id);

-- Filters that somebody saved by a name of their own; sealed, for a filter may name a village.
create table saved_filter (
    id text primary key,
    staff_id text not null references staff (id),
    name bytea not null,
    filter bytea not null,
    created_at bigint not null
);

create index saved_filter_by_staff on saved_filter (staff_id);

-- Files that came in, sealed in pieces with the system key until they are worked off; and files of
-- people that wait a day to be fetched ('out'). `about` is whose they are: an import's id.
create table upload (
    id text primary key,
    purpose text not null check (purpose in ('roster', 'answer', 'out')),
    name bytea not null,
    size bigint not null,
    about text not null default '',
    created_by text not null,
    created_at bigint not null
);

create index upload_about on upload (about) where about <> '';

create table upload_piece (
    upload_id text not null references upload (id),
    number bigint not null,
    content bytea not null,
    primary key (upload_id, number)
);

-- Which column means what, remembered by the digest of a file's titles.
create table column_mapping (
    kind text not null check (kind in ('roster', 'answer')),
    scope_id text not null,
    titles_digest text not null,
    mapping text not null,
    saved_by text not null,
    saved_at bigint not null,
    primary key (kind, scope_id, titles_digest)
);

-- One file of people on its way in (storage/roster_imports.py), and each of its rows. `head` is what
-- was seen at its beginning; it, the name, the reason and `content` are sealed with the system key,
-- `before` with the person's. A taking or an undoing that a crash ended is gone on with: in the end a
-- file is in, or nothing of it.
create table roster_import (
    id text primary key,
    upload_id text references upload (id),
    scope_id text not null,
    state text not null check (state in (
        'looking', 'mapping', 'reading', 'checked', 'taking', 'done', 'undoing', 'undone', 'failed',
        'dropped')),
    name bytea not null,
    head bytea,
    mapping text not null default '',
    rule text not null default 'keep' check (rule in ('keep', 'file', 'ask')),
    file_digest text not null,
    total bigint not null default 0,
    worked bigint not null default 0,
    fault text not null default '',
    reason bytea,
    created_by text not null,
    created_at bigint not null,
    changed_at bigint not null
);

create index roster_import_by_scope on roster_import (scope_id, created_at);

create index roster_import_at_work on roster_import (created_at)
where state in ('looking', 'reading', 'taking', 'undoing');

-- `fault` is the key of a refused row's first fault, `note` of the first thing to know of another one.
create table roster_import_row (
    import_id text not null references roster_import (id),
    line bigint not null,
    verdict text not null check (verdict in ('new', 'same', 'differs', 'reported', 'refused')),
    fault text not null default '',
    note text not null default '',
    roles text not null default '',
    choice text not null default '' check (choice in ('', 'keep', 'file')),
    state text not null default 'waiting' check (state in ('waiting', 'taken', 'undone', 'stayed')),
    person_id text,
    content bytea,
    before bytea,
    primary key (import_id, line)
);

create index roster_import_row_by_verdict on roster_import_row (import_id, verdict, line);

create index roster_import_row_of_person on roster_import_row (person_id);

-- Keyed digests of the numbers of whoever had their record erased: a roster never brings them back,
-- only they themselves.
create table withdrawn_number (
    key_id text not null,
    digest bytea not null,
    withdrawn_at bigint not null,
    primary key (key_id, digest)
);

alter table roster_entry add column import_id text;

create index roster_entry_of_import on roster_entry (import_id) where import_id is not null;

-- The platform's empty template as a county uploaded it, and what each of its columns holds. Neither
-- is ever edited: a change is the next number.
create table official_template (
    id text primary key,
    scope_id text not null,
    number bigint not null,
    name text not null,
    content bytea not null,
    digest text not null,
    created_by text not null,
    created_at bigint not null,
    unique (scope_id, number)
);

create table template_mapping (
    id text primary key,
    template_id text not null references official_template (id),
    number bigint not null,
    state text not null check (state in ('draft', 'active', 'retired')),
    mapping text not null,
    created_by text not null,
    created_at bigint not null,
    unique (template_id, number)
);

-- A batch is asked for, made, approved by a second person where it is large, and taken out of the
-- house once or more often until it expires. Earlier ones were made at the command line, at once.
-- `password` is sealed and goes away when it was shown; `counts` says how often each reason held
-- somebody back.
alter table batch add column state text not null default 'taken' check (state in (
    'asked', 'making', 'ready', 'taken', 'expired', 'failed', 'dropped'));

alter table batch add column scope_id text;

alter table batch add column mapping_id text;

alter table batch add column choice text not null default '{}';

alter table batch add column worked bigint not null default 0;

alter table batch add column counts text not null default '{}';

alter table batch add column fault text not null default '';

alter table batch add column password bytea;

alter table batch add column why bytea;

alter table batch add column expires_at bigint;

alter table batch add column approved_by text;

alter table batch add column approved_at bigint;

alter table batch add column taken_by text;

alter table batch add column taken_at bigint;

create index batch_by_scope on batch (scope_id, created_at);

-- Of a county one batch is on its way at a time: no report ever stands in two of them.
create unique index batch_open on batch (scope_id) where state in ('asked', 'making', 'ready');

create table batch_file (
    batch_id text not null references batch (id),
    part bigint not null,
    name text not null,
    row_count bigint not null,
    digest text not null,
    content bytea not null,
    primary key (batch_id, part)
);

-- The manifest: which line of which part is which report, and the keyed digest of the identity number.
-- `outcome` is what the platform said; its words are sealed with the person's key.
create table batch_row (
    batch_id text not null references batch (id),
    part bigint not null,
    line bigint not null,
    key_id text not null,
    digest bytea not null,
    person_id text not null,
    report_id text not null,
    outcome text not null default '' check (outcome in ('', 'accepted', 'rejected')),
    words bytea,
    answered_at bigint,
    primary key (batch_id, part, line)
);

create index batch_row_by_digest on batch_row (digest);

create index batch_row_of_report on batch_row (report_id);

create index batch_row_of_person on batch_row (person_id);

-- What was held back from a batch and why: keys of the reasons and the roles that they are about.
create table batch_held (
    batch_id text not null references batch (id),
    person_id text not null,
    report_id text not null,
    township_id text,
    reasons text not null,
    roles text not null,
    primary key (batch_id, person_id)
);

create index batch_held_of_person on batch_held (person_id);

-- A result file of the platform on its way in (storage/answers.py). `head` is what was seen at its
-- beginning; it and the name are sealed with the system key. Rows and reasons as the file is read;
-- `content`, the platform's words, is sealed with the system key until the row is taken, then with the
-- person's in `batch_row.words`. `came` is what became of a row.
create table answer_import (
    id text primary key,
    upload_id text references upload (id),
    scope_id text not null,
    state text not null check (state in (
        'looking', 'mapping', 'reading', 'checked', 'taking', 'done', 'failed', 'dropped')),
    name bytea not null,
    head bytea,
    mapping text not null default '',
    file_digest text not null,
    total bigint not null default 0,
    worked bigint not null default 0,
    accepted bigint not null default 0,
    rejected bigint not null default 0,
    known bigint not null default 0,
    unmatched bigint not null default 0,
    fault text not null default '',
    created_by text not null,
    taken_by text,
    created_at bigint not null,
    changed_at bigint not null
);

create index answer_import_by_scope on answer_import (scope_id, created_at);

create index answer_import_at_work on answer_import (created_at)
where state in ('looking', 'reading', 'taking');

create table answer_import_row (
    import_id text not null references answer_import (id),
    line bigint not null,
    verdict text not null check (verdict in ('accepted', 'rejected', 'unmatched', 'known')),
    fault text not null default '',
    batch_id text,
    part bigint,
    batch_line bigint,
    reason bigint not null default 0,
    state text not null default 'waiting' check (state in ('waiting', 'taken')),
    came text not null default '',
    content bytea,
    primary key (import_id, line)
);

create index answer_import_row_waiting on answer_import_row (import_id, line)
where state = 'waiting';

-- The reasons of a file: those that differ in numbers only are one. `choice` is who mends it.
create table answer_reason (
    import_id text not null references answer_import (id),
    number bigint not null,
    key text not null,
    roles text not null,
    words bytea not null,
    total bigint not null,
    choice text not null check (choice in ('worker', 'station', 'county')),
    primary key (import_id, number)
);

-- Who stands where in a cycle: their last report of it and its state. Kept by triggers, whatever
-- writes reports; `left_out` is who is counted nowhere (doubles, who left the range).
alter table report add column state_at bigint not null default 0;

alter table projection add column stage text not null default 'submitted';

alter table projection add column stage_at bigint not null default 0;

-- The trigger of a report finds its row by this.
create index projection_by_report on projection (report_id);

create table cycle_standing (
    person_id text not null,
    cycle bigint not null,
    township_id text,
    county_id text,
    stage text not null,
    changed_at bigint not null,
    primary key (person_id, cycle)
);

create index cycle_standing_of_county on cycle_standing (county_id, cycle);

-- Counts by place (township, county, city, province), folded from the deltas that triggers write: so
-- no turn waits for a counter of its township. What is true now is the count and the deltas.
create table progress (
    place_id text not null,
    cycle bigint not null,
    stage text not null,
    count bigint not null,
    primary key (place_id, cycle, stage)
);

create table progress_day (
    place_id text not null,
    cycle bigint not null,
    day text not null,
    stage text not null,
    count bigint not null,
    primary key (place_id, cycle, day, stage)
);

-- The denominator ledger: how many are looked after at a place, and each change with its reason.
create table headcount (
    place_id text primary key,
    count bigint not null
);

create table headcount_day (
    place_id text not null,
    day text not null,
    reason text not null,
    count bigint not null,
    primary key (place_id, day, reason)
);

create table target (
    place_id text not null,
    cycle bigint not null,
    people bigint not null,
    set_by text not null,
    set_at bigint not null,
    reason text not null,
    primary key (place_id, cycle)
);

-- Monthly tables: one row a cell, `key` holds the codes of its dimensions. A closed month never changes.
create table statistic_month (
    month text primary key,
    state text not null check (state in ('making', 'open', 'closed')),
    made_at bigint not null
);

create table statistic (
    month text not null,
    name text not null,
    place_id text not null,
    key text not null,
    count bigint not null,
    primary key (month, name, place_id, key)
);

-- Who may read the statistics by the API; only the digest of a token is kept.
create table api_token (
    id text primary key,
    digest bytea not null unique,
    scope_id text not null,
    name text not null,
    created_by text not null,
    created_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint,
    used_on text
);

-- Who is sent the bulletin: in their own chat, on a weekday (0 is Monday) at an hour.
create table bulletin_subscription (
    staff_id text not null references staff (id),
    scope_id text not null,
    weekday bigint not null,
    hour bigint not null,
    sent_on text,
    created_at bigint not null,
    primary key (staff_id, scope_id)
);

-- What there is before the triggers begin.
update report set state_at = coalesce(reviewed_at, submitted_at);

update projection set
    stage = (select state from report where report.id = projection.report_id),
    stage_at = (select state_at from report where report.id = projection.report_id);

insert into cycle_standing (person_id, cycle, township_id, county_id, stage, changed_at)
select
    report.person_id, report.cycle, projection.township_id, projection.county_id,
    case when projection.in_export = 1 then report.state else 'left_out' end,
    report.state_at
from report
join projection on projection.person_id = report.person_id
where not exists (
    select 1 from report as newer
    where newer.person_id = report.person_id and newer.cycle = report.cycle
    and newer.version > report.version);
