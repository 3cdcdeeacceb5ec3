-- name: add(id, case_id, at, made_by, outcome, note)^
insert into case_step (id, case_id, at, made_by, outcome, note)
values (:id, :case_id, :at, :made_by, :outcome, :note)
returning id;

-- name: of_case(case_id)
select at, made_by, outcome, note from case_step where case_id = :case_id order by at, id;

-- name: sealed_of_person(person_id)
select case_step.id, case_step.note from case_step
join station_case on station_case.id = case_step.case_id
where station_case.person_id = :person_id and case_step.note is not null;

-- name: reseal(id, note)^
update case_step set note = :note where id = :id returning id;
