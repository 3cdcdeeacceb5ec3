create table progress_delta (
    number bigint generated always as identity primary key,
    place_id text not null,
    cycle bigint not null,
    stage text not null,
    delta bigint not null,
    at bigint not null
);

create table headcount_delta (
    number bigint generated always as identity primary key,
    place_id text not null,
    reason text not null,
    delta bigint not null,
    at bigint not null
);

insert into progress_delta (place_id, cycle, stage, delta, at)
select coalesce(township_id, county_id, ''), cycle, stage, count(*), max(changed_at)
from cycle_standing
group by coalesce(township_id, county_id, ''), cycle, stage,
    (changed_at / 1000000 + 28800) / 86400;

insert into headcount_delta (place_id, reason, delta, at)
select coalesce(township_id, county_id), 'added', count(*), max(created_at)
from person
where state = 'active' and coalesce(township_id, county_id) is not null
group by coalesce(township_id, county_id), (created_at / 1000000 + 28800) / 86400;

create function keep_stage() returns trigger language plpgsql as $$
begin
    update projection set stage = new.state, stage_at = new.state_at
    where report_id = new.id and stage <> new.state;
    return null;
end
$$;

create trigger report_stage after update of state on report
for each row when (new.state <> old.state) execute function keep_stage();

create function keep_standing() returns trigger language plpgsql as $$
begin
    insert into cycle_standing (person_id, cycle, township_id, county_id, stage, changed_at)
    values (
        new.person_id, new.cycle, new.township_id, new.county_id,
        case when new.in_export = 1 then new.stage else 'left_out' end, new.stage_at)
    on conflict (person_id, cycle) do update set
        township_id = excluded.township_id, county_id = excluded.county_id,
        stage = excluded.stage, changed_at = excluded.changed_at;
    return null;
end
$$;

create trigger projection_came after insert on projection
for each row execute function keep_standing();

create trigger projection_changed
after update of cycle, township_id, county_id, in_export, stage on projection
for each row execute function keep_standing();

create function count_standing() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.stage <> 'erased' then
        insert into progress_delta (place_id, cycle, stage, delta, at)
        values (
            coalesce(old.township_id, old.county_id, ''), old.cycle, old.stage, -1,
            case
                when tg_op = 'UPDATE' then new.changed_at
                else (extract(epoch from clock_timestamp()) * 1000000)::bigint
            end);
    end if;
    if tg_op <> 'DELETE' and new.stage <> 'erased' then
        insert into progress_delta (place_id, cycle, stage, delta, at)
        values (
            coalesce(new.township_id, new.county_id, ''), new.cycle, new.stage, 1,
            new.changed_at);
    end if;
    return null;
end
$$;

create trigger standing_came after insert on cycle_standing
for each row execute function count_standing();

create trigger standing_changed after update on cycle_standing
for each row when (
    old.stage <> new.stage
    or coalesce(old.township_id, old.county_id, '')
        <> coalesce(new.township_id, new.county_id, ''))
execute function count_standing();

create trigger standing_went after delete on cycle_standing
for each row execute function count_standing();

create function count_person() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.state = 'active'
        and coalesce(old.township_id, old.county_id) is not null
    then
        insert into headcount_delta (place_id, reason, delta, at)
        values (
            coalesce(old.township_id, old.county_id),
            case
                when tg_op = 'DELETE' then 'duplicate'
                when new.state = 'erased' then 'erased'
                when new.state = 'out_of_range' then 'left:' || coalesce(new.exit_reason, '')
                else 'moved_out'
            end,
            -1,
            case
                when tg_op = 'UPDATE' then new.updated_at
                else (extract(epoch from clock_timestamp()) * 1000000)::bigint
            end);
    end if;
    if tg_op <> 'DELETE' and new.state = 'active'
        and coalesce(new.township_id, new.county_id) is not null
    then
        insert into headcount_delta (place_id, reason, delta, at)
        values (
            coalesce(new.township_id, new.county_id),
            case
                when tg_op = 'INSERT' then 'added'
                when old.state = 'out_of_range' then 'returned'
                when coalesce(old.township_id, old.county_id) is null then 'added'
                else 'moved_in'
            end,
            1, new.updated_at);
    end if;
    return null;
end
$$;

create trigger person_came after insert on person
for each row execute function count_person();

create trigger person_moved after update of state, township_id, county_id on person
for each row when (
    old.state <> new.state
    or coalesce(old.township_id, old.county_id, '')
        <> coalesce(new.township_id, new.county_id, ''))
execute function count_person();

create trigger person_went after delete on person
for each row execute function count_person();
