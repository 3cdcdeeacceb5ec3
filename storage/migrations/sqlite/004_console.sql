create table progress_delta (
    number integer primary key,
    place_id text not null,
    cycle bigint not null,
    stage text not null,
    delta bigint not null,
    at bigint not null
);

create table headcount_delta (
    number integer primary key,
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
    date(changed_at / 1000000, 'unixepoch', '+8 hours');

insert into headcount_delta (place_id, reason, delta, at)
select coalesce(township_id, county_id), 'added', count(*), max(created_at)
from person
where state = 'active' and counts = 1 and coalesce(township_id, county_id) is not null
group by coalesce(township_id, county_id),
    date(created_at / 1000000, 'unixepoch', '+8 hours');

create trigger report_stage after update of state on report
when new.state <> old.state
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
end;

create trigger projection_came after insert on projection
begin
    insert into cycle_standing (person_id, cycle, township_id, county_id, stage, changed_at)
    values (
        new.person_id, new.cycle, new.township_id, new.county_id,
        case when new.in_export = 1 then new.stage else 'left_out' end, new.stage_at)
    on conflict (person_id, cycle) do update set
        township_id = excluded.township_id, county_id = excluded.county_id,
        stage = excluded.stage, changed_at = excluded.changed_at;
end;

create trigger projection_changed
after update of cycle, township_id, county_id, in_export, stage on projection
begin
    insert into cycle_standing (person_id, cycle, township_id, county_id, stage, changed_at)
    values (
        new.person_id, new.cycle, new.township_id, new.county_id,
        case when new.in_export = 1 then new.stage else 'left_out' end, new.stage_at)
    on conflict (person_id, cycle) do update set
        township_id = excluded.township_id, county_id = excluded.county_id,
        stage = excluded.stage, changed_at = excluded.changed_at;
end;

create trigger standing_came after insert on cycle_standing
begin
    insert into progress_delta (place_id, cycle, stage, delta, at)
    values (
        coalesce(new.township_id, new.county_id, ''), new.cycle, new.stage, 1, new.changed_at);
end;

create trigger standing_changed
after update on cycle_standing
when old.stage <> new.stage
or coalesce(old.township_id, old.county_id, '') <> coalesce(new.township_id, new.county_id, '')
begin
    insert into progress_delta (place_id, cycle, stage, delta, at)
    values (
        coalesce(old.township_id, old.county_id, ''), old.cycle, old.stage, -1, new.changed_at);
    insert into progress_delta (place_id, cycle, stage, delta, at)
    select coalesce(new.township_id, new.county_id, ''), new.cycle, new.stage, 1, new.changed_at
    where new.stage <> 'erased';
end;

create trigger standing_went after delete on cycle_standing
when old.stage <> 'erased'
begin
    insert into progress_delta (place_id, cycle, stage, delta, at)
    values (
        coalesce(old.township_id, old.county_id, ''), old.cycle, old.stage, -1,
        unixepoch() * 1000000);
end;

-- A double is told by what is reported or answered of it.
create trigger projection_doubles after insert on projection
when new.in_export = 0
begin
    update person set counts = 0, updated_at = new.stage_at where id = new.person_id and counts = 1;
end;

create trigger projection_redoubles after update of in_export on projection
when new.in_export <> old.in_export
begin
    update person set counts = new.in_export, updated_at = new.stage_at
    where id = new.person_id and counts <> new.in_export;
end;

create trigger roster_doubles after update of answered_by on roster_entry
when new.answered_by is not null and new.answered_by <> new.person_id
begin
    update person set counts = 0, updated_at = new.answered_at
    where id = new.person_id and counts = 1;
end;

create trigger person_came after insert on person
when new.state = 'active' and new.counts = 1
and coalesce(new.township_id, new.county_id) is not null
begin
    insert into headcount_delta (place_id, reason, delta, at)
    values (coalesce(new.township_id, new.county_id), 'added', 1, new.updated_at);
end;

create trigger person_moved after update of state, township_id, county_id, counts on person
when old.state <> new.state or old.counts <> new.counts
or coalesce(old.township_id, old.county_id, '') <> coalesce(new.township_id, new.county_id, '')
begin
    insert into headcount_delta (place_id, other_id, reason, delta, at)
    select
        coalesce(old.township_id, old.county_id),
        case
            when new.state = 'active' and new.counts = 1
            then coalesce(new.township_id, new.county_id, '')
            else ''
        end,
        case
            when new.state = 'erased' then 'erased'
            when new.state = 'out_of_range' then 'left:' || coalesce(new.exit_reason, '')
            when new.counts = 0 then 'duplicate'
            else 'moved_out'
        end,
        -1, new.updated_at
    where old.state = 'active' and old.counts = 1
    and coalesce(old.township_id, old.county_id) is not null;
    insert into headcount_delta (place_id, other_id, reason, delta, at)
    select
        coalesce(new.township_id, new.county_id),
        case
            when old.state = 'active' and old.counts = 1
            then coalesce(old.township_id, old.county_id, '')
            else ''
        end,
        case
            when old.state = 'out_of_range' then 'returned'
            when coalesce(old.township_id, old.county_id) is null then 'added'
            when old.counts = 0 then 'duplicate'
            else 'moved_in'
        end,
        1, new.updated_at
    where new.state = 'active' and new.counts = 1
    and coalesce(new.township_id, new.county_id) is not null;
end;

create trigger person_went after delete on person
when old.state = 'active' and old.counts = 1
and coalesce(old.township_id, old.county_id) is not null
begin
    insert into headcount_delta (place_id, reason, delta, at)
    values (coalesce(old.township_id, old.county_id), 'removed', -1, unixepoch() * 1000000);
end;

create trigger interview_came after insert on interview
when new.purpose = 'first' and new.status in ('open', 'paused')
begin
    insert into begun_interview (interview_id, person_id, place_id)
    select new.id, id, coalesce(township_id, county_id, '') from person where id = new.person_id;
end;

create trigger interview_changed after update of status, person_id on interview
when new.purpose = 'first' and (
    old.person_id <> new.person_id
    or (old.status in ('open', 'paused')) <> (new.status in ('open', 'paused')))
begin
    delete from begun_interview where interview_id = new.id;
    insert into begun_interview (interview_id, person_id, place_id)
    select new.id, id, coalesce(township_id, county_id, '') from person
    where id = new.person_id and new.status in ('open', 'paused');
end;

create trigger interview_went after delete on interview
when old.purpose = 'first'
begin
    delete from begun_interview where interview_id = old.id;
end;

create trigger person_placed after update of township_id, county_id on person
when coalesce(old.township_id, old.county_id, '') <> coalesce(new.township_id, new.county_id, '')
begin
    update begun_interview set place_id = coalesce(new.township_id, new.county_id, '')
    where person_id = new.id;
end;
