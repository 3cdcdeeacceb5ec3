-- name: add(id, digest, scope_id, name, created_by, now, expires_at)^
insert into api_token (id, digest, scope_id, name, created_by, created_at, expires_at)
values (:id, :digest, :scope_id, :name, :created_by, :now, :expires_at)
returning id;

-- name: of_digest(digest)^
select
    id, scope_id, name, created_by, created_at, expires_at, revoked_at, used_on, exists (
        select 1 from audit
        where audit.scope = api_token.created_by and audit.at = api_token.revoked_at
        and audit.action in ('staff.suspend', 'staff.resume')) as ended_with_maker
from api_token where digest = :digest;

-- name: everywhere()
select
    id, scope_id, name, created_by, created_at, expires_at, revoked_at, used_on, exists (
        select 1 from audit
        where audit.scope = api_token.created_by and audit.at = api_token.revoked_at
        and audit.action in ('staff.suspend', 'staff.resume')) as ended_with_maker
from api_token order by created_at desc, id;

-- name: revoke(id, now)^
update api_token set revoked_at = :now where id = :id and revoked_at is null returning id;

-- name: revoke_of_maker(created_by, now)
update api_token set revoked_at = :now
where created_by = :created_by and revoked_at is null and expires_at > :now
returning id;

-- name: note_used(id, today)^
update api_token set used_on = :today
where id = :id and (used_on is null or used_on <> :today)
returning id;
