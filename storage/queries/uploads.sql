-- name: add(id, purpose, name, size, about, created_by, created_at)^
insert into upload (id, purpose, name, size, about, created_by, created_at)
values (:id, :purpose, :name, :size, :about, :created_by, :created_at)
returning id;

-- name: add_piece(upload_id, number, content)
insert into upload_piece (upload_id, number, content) values (:upload_id, :number, :content);

-- name: get(id)^
select id, purpose, name, size, about, created_by, created_at from upload where id = :id;

-- name: piece(upload_id, number)^
select content from upload_piece where upload_id = :upload_id and number = :number;

-- name: drop_pieces(id)
delete from upload_piece where upload_id = :id returning number;

-- name: drop(id)^
delete from upload where id = :id returning id;

-- name: old_ones(purpose, before)
select id from upload where purpose = :purpose and created_at < :before;
