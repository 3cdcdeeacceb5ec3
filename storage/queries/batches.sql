-- name: add(id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at)^
insert into batch (
    id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at)
values (
    :id, :kind, :county_id, :cycle, :who, :reason, :row_count, :held_back, :file_digest,
    :created_at)
returning id;

-- name: recent(most)
select id, kind, county_id, cycle, who, reason, row_count, held_back, file_digest, created_at
from batch order by created_at desc, id desc limit :most;
