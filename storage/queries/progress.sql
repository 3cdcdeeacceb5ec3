-- name: take(most)
-- What the triggers wrote and nobody has folded yet, oldest first.
delete from progress_delta
where number in (select number from progress_delta order by number limit :most)
returning place_id, cycle, stage, delta, at;

-- name: add(place_id, cycle, stage, count)
insert into progress (place_id, cycle, stage, count) values (:place_id, :cycle, :stage, :count)
on conflict (place_id, cycle, stage) do update set count = progress.count + excluded.count;

-- name: add_day(place_id, cycle, day, stage, count)
insert into progress_day (place_id, cycle, day, stage, count)
values (:place_id, :cycle, :day, :stage, :count)
on conflict (place_id, cycle, day, stage) do update
set count = progress_day.count + excluded.count;

-- name: counts(cycle, places)
select place_id, stage, count from progress
where cycle = :cycle and place_id in (select value from json_each(:places));

-- name: waiting(cycle)
-- At the place of the change itself; those above it are the caller's.
select place_id, stage, cast(sum(delta) as bigint) as count
from progress_delta where cycle = :cycle
group by place_id, stage;

-- name: days(place_id, cycle)
select day, stage, count from progress_day
where place_id = :place_id and cycle = :cycle;

-- name: since(cycle, places, day)
select place_id, stage, cast(sum(count) as bigint) as count
from progress_day
where cycle = :cycle and day > :day
and place_id in (select value from json_each(:places))
group by place_id, stage;

-- name: waiting_moments(cycle)
-- By quarters of an hour: a local day of any zone begins with one.
select place_id, stage, at / 900000000 as quarter, cast(sum(delta) as bigint) as count
from progress_delta where cycle = :cycle
group by place_id, stage, at / 900000000;

-- name: begun(places)
-- First interviews under way; '' where nobody knows the place yet.
select place_id, count(*) as count from begun_interview
where place_id in (select value from json_each(:places))
group by place_id;

-- name: begun_everywhere()
select place_id, count(*) as count from begun_interview group by place_id;

-- name: cycles(place_id)
select distinct cycle from progress where place_id = :place_id order by cycle;

-- name: of_township(township_id, cycle, today, after, most)
-- Everybody of a township who is looked after and old enough, with what is sealed of their village.
select
    person.id as person_id, person_key.wrapped, cycle_standing.stage, report.form_hash,
    report.answers, roster_entry.answers as roster_answers
from person
join person_key on person_key.person_id = person.id
left join cycle_standing
    on cycle_standing.person_id = person.id and cycle_standing.cycle = :cycle
left join projection on projection.person_id = person.id
left join report on report.id = projection.report_id
left join roster_entry
    on roster_entry.person_id = person.id and roster_entry.answered_by is null
where person.township_id = :township_id and person.state = 'active' and person.counts = 1
and person.id > :after and (roster_entry.ripe_on is null or roster_entry.ripe_on <= :today)
order by person.id
limit :most;
