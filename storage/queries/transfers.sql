-- name: open(id, person_id, known_person_id, station, created_at)^
-- One open case a person; none about themselves, though it is run for everybody who reports.
insert into transfer_case (id, person_id, known_person_id, station, state, created_at)
select
    cast(:id as text), cast(:person_id as text), cast(:known_person_id as text),
    cast(:station as text), 'open', cast(:created_at as bigint)
where cast(:person_id as text) <> cast(:known_person_id as text)
and not exists (
    select 1 from transfer_case where person_id = cast(:person_id as text) and state = 'open')
returning id;

-- name: open_of_person(person_id)^
select id from transfer_case where person_id = :person_id and state = 'open';

-- name: of_station(station)
select id, person_id, known_person_id, station, state, created_at
from transfer_case where station = :station and state = 'open' order by created_at;
