-- name: take(most)
delete from progress_delta
where number in (
    select number from progress_delta order by number limit :most for update skip locked)
returning place_id, cycle, stage, delta, at;
