-- name: publish(hash, form_id, version, xml, source_digest, published_at)^
insert into form (hash, form_id, version, xml, source_digest, published_at)
values (:hash, :form_id, :version, :xml, :source_digest, :published_at)
on conflict (hash) do nothing
returning hash;

-- name: find(hash)^
select hash, form_id, version, xml, source_digest, published_at from form where hash = :hash;

-- name: by_source(source_digest)^
select hash, form_id, version, xml, source_digest, published_at
from form where source_digest = :source_digest order by published_at desc limit 1;

-- name: versions(form_id)
select hash, form_id, version, xml, source_digest, published_at
from form where form_id = :form_id order by published_at;
