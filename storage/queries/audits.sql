-- name: write(id, at, actor, action, scope, detail)^
insert into audit (id, at, actor, action, scope, detail)
values (:id, :at, :actor, :action, :scope, :detail)
returning id;

-- name: since(at)
select id, at, actor, action, scope, detail from audit where at >= :at order by at, id;

-- name: visits(person, person_id, county, most)
-- A county's list holds a person from their first report on. Who was refused saw nothing.
select at, actor, action, scope from audit
where action not like '%.refused' and (scope = :person or (scope = :county and at >= (
    select min(submitted_at) from report where report.person_id = :person_id)))
order by at desc, action, id limit :most;
