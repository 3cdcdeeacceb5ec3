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
    other_id text not null default '',
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
where state = 'active' and counts = 1 and coalesce(township_id, county_id) is not null
group by coalesce(township_id, county_id), (created_at / 1000000 + 28800) / 86400;

create function keep_stage() returns trigger language plpgsql as $$
begin
    update projection set stage = new.state, stage_at = new.state_at
    where report_id = new.id and stage <> new.state;
    -- The last report of an earlier cycle, about which the platform answers late.
    update cycle_standing set stage = new.state, changed_at = new.state_at
    where person_id = new.person_id and cycle = new.cycle and stage <> 'left_out'
    and not exists (select 1 from projection where report_id = new.id)
    and not exists (
        select 1 from report as newer
        where newer.person_id = new.person_id and newer.cycle = new.cycle
        and newer.version > new.version);
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

-- A double is told by what is reported or answered of it.
create function keep_double() returns trigger language plpgsql as $$
begin
    update person set counts = new.in_export, updated_at = new.stage_at
    where id = new.person_id and counts <> new.in_export;
    return null;
end
$$;

create trigger projection_doubles after insert on projection
for each row when (new.in_export = 0) execute function keep_double();

create trigger projection_redoubles after update of in_export on projection
for each row when (new.in_export <> old.in_export) execute function keep_double();

create function keep_roster_double() returns trigger language plpgsql as $$
begin
    update person set counts = 0, updated_at = new.answered_at
    where id = new.person_id and counts = 1;
    return null;
end
$$;

create trigger roster_doubles after update of answered_by on roster_entry
for each row when (new.answered_by is not null and new.answered_by <> new.person_id)
execute function keep_roster_double();

create function count_person() returns trigger language plpgsql as $$
declare
    from_place text;
    to_place text;
begin
    if tg_op <> 'INSERT' and old.state = 'active' and old.counts = 1 then
        from_place := coalesce(old.township_id, old.county_id);
    end if;
    if tg_op <> 'DELETE' and new.state = 'active' and new.counts = 1 then
        to_place := coalesce(new.township_id, new.county_id);
    end if;
    if from_place is not null then
        insert into headcount_delta (place_id, other_id, reason, delta, at)
        values (
            from_place, coalesce(to_place, ''),
            case
                when tg_op = 'DELETE' then 'removed'
                when new.state = 'erased' then 'erased'
                when new.state = 'out_of_range' then 'left:' || coalesce(new.exit_reason, '')
                when new.counts = 0 then 'duplicate'
                else 'moved_out'
            end,
            -1,
            case
                when tg_op = 'UPDATE' then new.updated_at
                else (extract(epoch from clock_timestamp()) * 1000000)::bigint
            end);
    end if;
    if to_place is not null then
        insert into headcount_delta (place_id, other_id, reason, delta, at)
        values (
            to_place, coalesce(from_place, ''),
            case
                when tg_op = 'INSERT' then 'added'
                when old.state = 'out_of_range' then 'returned'
                when coalesce(old.township_id, old.county_id) is null then 'added'
                when old.counts = 0 then 'duplicate'
                else 'moved_in'
            end,
            1, new.updated_at);
    end if;
    return null;
end
$$;

create trigger person_came after insert on person
for each row execute function count_person();

create trigger person_moved after update of state, township_id, county_id, counts on person
for each row when (
    old.state <> new.state or old.counts <> new.counts
    or coalesce(old.township_id, old.county_id, '')
        <> coalesce(new.township_id, new.county_id, ''))
execute function count_person();

create trigger person_went after delete on person
for each row execute function count_person();

create function keep_begun() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        delete from begun_interview where interview_id = old.id;
    end if;
    if tg_op <> 'DELETE' and new.status in ('open', 'paused') then
        insert into begun_interview (interview_id, person_id, place_id)
        select new.id, id, coalesce(township_id, county_id, '')
        from person where id = new.person_id;
    end if;
    return null;
end
$$;

create trigger interview_came after insert on interview
for each row when (new.purpose = 'first' and new.status in ('open', 'paused'))
execute function keep_begun();

create trigger interview_changed after update of status, person_id on interview
for each row when (
    new.purpose = 'first' and (
        old.person_id <> new.person_id
        or (old.status in ('open', 'paused')) <> (new.status in ('open', 'paused'))))
execute function keep_begun();

create trigger interview_went after delete on interview
for each row when (old.purpose = 'first') execute function keep_begun();

create function move_begun() returns trigger language plpgsql as $$
begin
    update begun_interview set place_id = coalesce(new.township_id, new.county_id, '')
    where person_id = new.id;
    return null;
end
$$;

create trigger person_placed after update of township_id, county_id on person
for each row when (
    coalesce(old.township_id, old.county_id, '')
        <> coalesce(new.township_id, new.county_id, ''))
execute function move_begun();
