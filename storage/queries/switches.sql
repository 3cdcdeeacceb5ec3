-- name: get(name)^
select state, changed_by, changed_at, reason from switch where name = :name;

-- name: put(name, state, changed_by, changed_at, reason)^
insert into switch (name, state, changed_by, changed_at, reason)
values (:name, :state, :changed_by, :changed_at, :reason)
on conflict (name) do update set
    state = excluded.state, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
    reason = excluded.reason
returning name;
