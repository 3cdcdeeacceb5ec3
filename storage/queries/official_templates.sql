-- name: add(id, scope_id, name, content, digest, by, now)^
insert into official_template (id, scope_id, number, name, content, digest, created_by, created_at)
values (
    :id, :scope_id,
    (select coalesce(max(number), 0) + 1 from official_template where scope_id = :scope_id),
    :name, :content, :digest, :by, :now)
returning id;

-- name: get(id)^
select id, scope_id, number, name, digest, created_by, created_at from official_template
where id = :id;

-- name: content(id)^
select content from official_template where id = :id;

-- name: of_scope(scope_id)
select id, scope_id, number, name, digest, created_by, created_at from official_template
where scope_id = :scope_id order by number desc;

-- name: add_mapping(id, template_id, mapping, by, now)^
insert into template_mapping (id, template_id, number, state, mapping, created_by, created_at)
values (
    :id, :template_id,
    (select coalesce(max(number), 0) + 1 from template_mapping where template_id = :template_id),
    'draft', :mapping, :by, :now)
returning id;

-- name: mapping(id)^
select id, template_id, number, state, mapping, created_by, created_at from template_mapping
where id = :id;

-- name: mappings(scope_id)
select
    template_mapping.id, template_id, template_mapping.number, state, mapping,
    template_mapping.created_by, template_mapping.created_at
from template_mapping
join official_template on official_template.id = template_mapping.template_id
where official_template.scope_id = :scope_id
order by official_template.number desc, template_mapping.number desc;

-- name: active(scope_id)^
select
    template_mapping.id, template_id, template_mapping.number, state, mapping,
    template_mapping.created_by, template_mapping.created_at
from template_mapping
join official_template on official_template.id = template_mapping.template_id
where official_template.scope_id = :scope_id and state = 'active';

-- name: retire(scope_id)
update template_mapping set state = 'retired'
where state = 'active'
and template_id in (select id from official_template where scope_id = :scope_id)
returning id;

-- name: activate(id)^
update template_mapping set state = 'active' where id = :id and state <> 'active' returning id;
