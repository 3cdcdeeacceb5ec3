-- name: applied()
select number, name, digest from migration order by number;

-- name: note(number, name, digest)^
insert into migration (number, name, digest) values (:number, :name, :digest) returning number;
