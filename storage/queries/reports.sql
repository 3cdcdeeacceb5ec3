-- name: add(id, person_id, cycle, form_hash, at, informant_relation, collection_method, reference, answers, origins, entered_by)^
insert into report (
    id, person_id, version, cycle, form_hash, submitted_at, informant_relation, collection_method,
    state, state_at, reference, answers, origins, entered_by)
values (
    :id, :person_id,
    (select coalesce(max(version), 0) + 1 from report where person_id = :person_id),
    :cycle, :form_hash, :at, :informant_relation, :collection_method, 'submitted', :at, :reference,
    :answers, :origins, :entered_by)
on conflict (reference) do nothing
returning version;

-- name: latest(person_id)^
select
    id, person_id, version, cycle, form_hash, submitted_at, informant_relation,
    collection_method, state, reference, answers, origins
from report where person_id = :person_id order by version desc limit 1;

-- name: of_person(person_id)
select
    id, person_id, version, cycle, form_hash, submitted_at, informant_relation,
    collection_method, state, reference, answers, origins
from report where person_id = :person_id order by version;

-- name: by_reference(reference)^
select person_id, version from report where reference = :reference;

-- name: last_at(person_id)^
select max(submitted_at) as at from report where person_id = :person_id;

-- name: set_state(id, state, now)^
-- For what sets up a situation; a program moves reports by conversations/report_states.py alone.
update report set state = :state, state_at = :now where id = :id returning id;

-- name: export_chunk(county_id, stations, cycle, after, most)
-- The last version of each person's report (of one cycle, or of any when it is 0). The page is cut
-- first, so that reports are looked up one by one whatever a planner knows of the table; who has
-- none of the cycle is there without one.
with page as materialized (
    select person_id, township_id, cycle, report_id
    from projection
    where county_id = :county_id and person_id > :after and in_export = 1 and (
        :stations = '[]' or township_id in (select value from json_each(:stations)))
    order by person_id
    limit :most)
select
    page.person_id, page.township_id, report.id as report_id, report.version,
    report.form_hash, report.state, report.answers, person_key.wrapped
from page
join person_key on person_key.person_id = page.person_id
left join report on report.id = case
    when :cycle = 0 or :cycle = page.cycle then page.report_id
    else (
        select id from report as older
        where older.person_id = page.person_id and older.cycle = :cycle
        order by older.version desc limit 1)
    end
order by page.person_id;

-- name: export_counts(county_id, stations, cycle)
select report.state, count(*) as total
from projection
join report on report.id = case
    when :cycle = 0 or :cycle = projection.cycle then projection.report_id
    else (
        select id from report as older
        where older.person_id = projection.person_id and older.cycle = :cycle
        order by older.version desc limit 1)
    end
where projection.county_id = :county_id and projection.in_export = 1 and (
    :stations = '[]' or projection.township_id in (select value from json_each(:stations)))
group by report.state;
