-- name: add(key, version, scope_id, state, text, by, now)^
insert into wording (key, version, scope_id, state, text, created_by, created_at)
values (:key, :version, :scope_id, :state, :text, :by, :now)
on conflict (key, version) do nothing
returning key;

-- name: latest(key)^
select key, version, scope_id, state, text, created_by, created_at, judged_by, judged_at
from wording where key = :key order by version desc limit 1;

-- name: get(key, version)^
select key, version, scope_id, state, text, created_by, created_at, judged_by, judged_at
from wording where key = :key and version = :version;

-- name: of_scopes(scopes)
-- The last version of each text.
select
    wording.key, version, scope_id, state, text, created_by, created_at, judged_by, judged_at
from json_each(:scopes) as wanted
join wording on wording.scope_id = wanted.value
where wording.state <> 'retired' and not exists (
    select 1 from wording as newer
    where newer.key = wording.key and newer.version > wording.version)
order by wording.created_at desc, wording.key;

-- name: judge(key, version, was, state, by, now)^
update wording set state = :state, judged_by = :by, judged_at = :now
where key = :key and version = :version and state = :was
returning key;
