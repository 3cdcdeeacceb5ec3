-- name: known(key_id, digests)
with wanted as materialized (
    select place, substring(cast(:digests as bytea) from place * 32 + 1 for 32) as digest
    from generate_series(0, length(cast(:digests as bytea)) / 32 - 1) as given (place)
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

-- name: turned_16(places, since, until)
select
    roster_entry.person_id, roster_entry.township_id, roster_entry.ripe_on, roster_entry.answers,
    person_key.wrapped
from roster_entry
join person_key on person_key.person_id = roster_entry.person_id
where roster_entry.answered_by is null and roster_entry.answers is not null
and roster_entry.ripe_on >= :since and roster_entry.ripe_on <= :until
and roster_entry.township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
order by roster_entry.township_id, roster_entry.ripe_on, roster_entry.person_id;

-- name: waiting_in(places, today)
select
    township_id, count(*) as total,
    sum(case when ripe_on is not null and ripe_on > :today then 1 else 0 end) as too_young,
    sum(case when ripe_on is not null and ripe_on <= :today then 1 else 0 end) as newly_ripe
from roster_entry
where answered_by is null and township_id in (
    select place from json_array_elements_text(cast(:places as json)) as wanted (place))
group by township_id order by township_id;
