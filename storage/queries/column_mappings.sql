-- name: find(kind, scope_id, titles_digest)^
select mapping from column_mapping
where kind = :kind and scope_id = :scope_id and titles_digest = :titles_digest;

-- name: keep(kind, scope_id, titles_digest, mapping, saved_by, saved_at)^
insert into column_mapping (kind, scope_id, titles_digest, mapping, saved_by, saved_at)
values (:kind, :scope_id, :titles_digest, :mapping, :saved_by, :saved_at)
on conflict (kind, scope_id, titles_digest) do update set
    mapping = excluded.mapping, saved_by = excluded.saved_by, saved_at = excluded.saved_at
returning kind;
