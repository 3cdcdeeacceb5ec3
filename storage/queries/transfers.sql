-- name: open(id, person_id, known_person_id, station, created_at)^
insert into transfer_case (id, person_id, known_person_id, station, state, created_at)
values (:id, :person_id, :known_person_id, :station, 'open', :created_at)
returning id;

-- name: open_of_person(person_id)^
select id from transfer_case where person_id = :person_id and state = 'open';

-- name: of_station(station)
select id, person_id, known_person_id, station, state, created_at
from transfer_case where station = :station and state = 'open' order by created_at;
