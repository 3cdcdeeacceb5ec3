-- name: of_scopes(scopes)
select
    wording.key, version, scope_id, state, text, created_by, created_at, judged_by, judged_at
from json_array_elements_text(cast(:scopes as json)) as wanted (place)
join wording on wording.scope_id = wanted.place
where wording.state <> 'retired' and not exists (
    select 1 from wording as newer
    where newer.key = wording.key and newer.version > wording.version)
order by wording.created_at desc, wording.key;
