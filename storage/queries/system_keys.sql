-- name: get(name)^
select wrapped from system_key where name = :name;

-- name: put(name, wrapped)^
insert into system_key (name, wrapped) values (:name, :wrapped) returning name;
