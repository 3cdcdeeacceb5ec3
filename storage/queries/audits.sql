-- name: write(id, at, actor, action, scope, detail)^
insert into audit (id, at, actor, action, scope, detail)
values (:id, :at, :actor, :action, :scope, :detail)
returning id;

-- name: since(at)
select id, at, actor, action, scope, detail from audit where at >= :at order by at, id;
