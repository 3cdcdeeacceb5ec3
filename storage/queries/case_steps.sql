-- name: add(id, case_id, at, made_by, outcome, note)^
insert into case_step (id, case_id, at, made_by, outcome, note)
values (:id, :case_id, :at, :made_by, :outcome, :note)
returning id;

-- name: of_case(case_id)
select at, made_by, outcome, note from case_step where case_id = :case_id order by at, id;
