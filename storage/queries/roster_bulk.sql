-- name: known(key_id, digests)
-- What is known of many numbers at once: 32 bytes each, one behind the other.
with recursive wanted (place, digest) as (
    select 0, substr(:digests, 1, 32)
    union all
    select place + 1, substr(:digests, (place + 1) * 32 + 1, 32) from wanted
    where (place + 2) * 32 <= length(:digests)
)
select
    wanted.place, roster_entry.person_id, roster_entry.answered_by, roster_entry.answers,
    roster_entry.township_id, roster_entry.ripe_on, roster_entry.import_id, person_key.wrapped,
    identity_index.person_id as owner_id, owner.township_id as owner_township,
    owner.county_id as owner_county, withdrawn_number.withdrawn_at
from wanted
left join roster_entry
    on roster_entry.key_id = :key_id and roster_entry.digest = wanted.digest
left join person_key on person_key.person_id = roster_entry.person_id
left join identity_index
    on identity_index.key_id = :key_id and identity_index.digest = wanted.digest
left join person as owner on owner.id = identity_index.person_id
left join withdrawn_number
    on withdrawn_number.key_id = :key_id and withdrawn_number.digest = wanted.digest
where coalesce(
    roster_entry.person_id, identity_index.person_id,
    case when withdrawn_number.withdrawn_at is null then null else 'withdrawn' end) is not null;

-- name: add_person(id, township_id, county_id, birth_year, sex, now)
insert into person (
    id, state, township_id, county_id, birth_year, sex, created_at, updated_at)
values (:id, 'active', :township_id, :county_id, :birth_year, :sex, :now, :now);

-- name: add_key(person_id, wrapped)
insert into person_key (person_id, wrapped) values (:person_id, :wrapped);

-- name: add_entry(key_id, digest, person_id, township_id, ripe_on, answers, added_at, import_id)
insert into roster_entry (
    key_id, digest, person_id, township_id, ripe_on, answers, added_at, import_id)
values (
    :key_id, :digest, :person_id, :township_id, :ripe_on, :answers, :added_at, :import_id);

-- name: add_phone(key_id, digest, person_id)
insert into phone_index (key_id, digest, person_id, source)
values (:key_id, :digest, :person_id, 'roster')
on conflict (key_id, digest, person_id) do update set source = excluded.source;

-- name: drop_phones(person_id)
delete from phone_index where person_id = :person_id and source = 'roster';

-- name: change_entry(person_id, township_id, ripe_on, answers, import_id)
update roster_entry set
    township_id = :township_id, ripe_on = :ripe_on, answers = :answers, import_id = :import_id
where person_id = :person_id and answered_by is null;

-- name: move_person(id, township_id, county_id, now)
update person set township_id = :township_id, county_id = :county_id, updated_at = :now
where id = :id and state = 'active'
and (coalesce(township_id, '') <> :township_id or coalesce(county_id, '') <> :county_id);

-- name: drop_entry(key_id, digest)
delete from roster_entry where key_id = :key_id and digest = :digest and answered_by is null;

-- name: settle_reported(import_id)
-- Whoever reported in the moment in which the file was taken.
update roster_entry set
    answered_by = (
        select identity_index.person_id from identity_index
        where identity_index.key_id = roster_entry.key_id
        and identity_index.digest = roster_entry.digest),
    answered_at = added_at
where import_id = :import_id and answered_by is null
and exists (
    select 1 from identity_index
    where identity_index.key_id = roster_entry.key_id
    and identity_index.digest = roster_entry.digest)
returning person_id;

-- name: withdraw(person_id, now)
-- The numbers of whoever is erased: no roster brings them back.
insert into withdrawn_number (key_id, digest, withdrawn_at)
select key_id, digest, cast(:now as bigint) from identity_index where person_id = :person_id
union
select key_id, digest, cast(:now as bigint) from roster_entry
where person_id = :person_id or answered_by = :person_id
on conflict (key_id, digest) do nothing
returning key_id;

-- name: come_back(key_id, digest)
delete from withdrawn_number where key_id = :key_id and digest = :digest returning key_id;

-- name: turned_16(places, since, until)
-- Who became old enough in a span of months and has not answered yet.
select
    roster_entry.person_id, roster_entry.township_id, roster_entry.ripe_on, roster_entry.answers,
    person_key.wrapped
from roster_entry
join person_key on person_key.person_id = roster_entry.person_id
where roster_entry.answered_by is null and roster_entry.answers is not null
and roster_entry.ripe_on >= :since and roster_entry.ripe_on <= :until
and roster_entry.township_id in (select value from json_each(:places))
order by roster_entry.township_id, roster_entry.ripe_on, roster_entry.person_id;

-- name: waiting_in(places, today)
select
    township_id, count(*) as total,
    sum(case when ripe_on is not null and ripe_on > :today then 1 else 0 end) as too_young,
    sum(case when ripe_on is not null and ripe_on <= :today then 1 else 0 end) as newly_ripe
from roster_entry
where answered_by is null and township_id in (select value from json_each(:places))
group by township_id order by township_id;

-- name: forget_posts(person_id)
delete from outbox where person_id = :person_id;

-- name: forget_voices(person_id)
delete from voice_note where person_id = :person_id;

-- name: forget_interviews(person_id)
delete from interview where person_id = :person_id;

-- name: forget_links(person_id)
delete from chat_person where person_id = :person_id;

-- name: forget_consents(person_id)
delete from consent where person_id = :person_id;

-- name: forget_phone_matches(person_id)
delete from phone_match where person_id = :person_id;

-- name: forget_preference(person_id)
delete from reminder_preference where person_id = :person_id;

-- name: forget_pins(person_id)
delete from pin where person_id = :person_id;

-- name: forget_departures(person_id)
delete from departure where person_id = :person_id;

-- name: forget_codes(person_id)
delete from personal_code where person_id = :person_id;

-- name: forget_all_phones(person_id)
delete from phone_index where person_id = :person_id;

-- name: forget_reminders(person_id)
delete from reminder where person_id = :person_id;

-- name: forget_key(person_id)
delete from person_key where person_id = :person_id;

-- name: forget_case_steps(person_id)
delete from case_step where case_id in (
    select id from station_case where person_id = :person_id);

-- name: forget_cases(person_id)
delete from station_case where person_id = :person_id;

-- name: forget_taken_over(person_id)
delete from taken_over where person_id = :person_id;

-- name: forget_person(person_id)
delete from person where id = :person_id;

-- name: drop_code(person_id)
delete from personal_code where person_id = :person_id and kind = 'roster';

-- name: add_code(digest, person_id, created_at, expires_at)
insert into personal_code (digest, kind, person_id, created_at, expires_at)
values (:digest, 'roster', :person_id, :created_at, :expires_at);
