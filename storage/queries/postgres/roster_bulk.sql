-- name: known(key_id, digests)
-- One look-up a number, whatever the statistics say: right after a load they say nothing.
with wanted as materialized (
    select place, substring(cast(:digests as bytea) from place * 32 + 1 for 32) as digest
    from generate_series(0, length(cast(:digests as bytea)) / 32 - 1) as given (place)
)
select
    wanted.place, entry.person_id, entry.answered_by, entry.answers, entry.township_id,
    entry.ripe_on, entry.import_id, entry.wrapped, owned.owner_id, owned.owner_township,
    owned.owner_county, gone.withdrawn_at
from wanted
left join lateral (
    select
        roster_entry.person_id, answered_by, answers, township_id, ripe_on, import_id,
        (select wrapped from person_key where person_id = roster_entry.person_id) as wrapped
    from roster_entry
    where roster_entry.key_id = :key_id and roster_entry.digest = wanted.digest
    limit 1) as entry on true
left join lateral (
    select
        person.id as owner_id, person.township_id as owner_township,
        person.county_id as owner_county
    from identity_index
    join person on person.id = identity_index.person_id
    where identity_index.key_id = :key_id and identity_index.digest = wanted.digest
    limit 1) as owned on true
left join lateral (
    select withdrawn_at from withdrawn_number
    where withdrawn_number.key_id = :key_id and withdrawn_number.digest = wanted.digest
    limit 1) as gone on true
where entry.person_id is not null or owned.owner_id is not null or gone.withdrawn_at is not null;
