-- name: month(month)^
select month, state, since from statistic_month where month = :month;

-- name: months()
select month, state, since from statistic_month order by month;

-- name: begin(month, state, now)^
-- A month that is closed, or is being closed, is not opened again.
insert into statistic_month (month, state, since) values (:month, :state, :now)
on conflict (month) do update set state = excluded.state, since = excluded.since
where statistic_month.state = 'open' and excluded.state = 'closing'
returning month;

-- name: hold(month)^
-- Whoever writes cells of a month holds its row, so that it cannot be closed meanwhile.
update statistic_month set state = state where month = :month and state <> 'closed'
returning state, since;

-- name: close(month, now)^
update statistic_month set state = 'closed', since = :now
where month = :month and state = 'closing'
returning month;

-- name: parts(month)
select county_id, counted_at from statistic_part where month = :month;

-- name: note_part(month, county_id, now)^
insert into statistic_part (month, county_id, counted_at) values (:month, :county_id, :now)
on conflict (month, county_id) do update set counted_at = excluded.counted_at
returning county_id;

-- name: forget(month, county_id)
delete from statistic where month = :month and county_id = :county_id returning place_id;

-- name: keep(month, county_id, place_id, name, cells)
insert into statistic (month, county_id, place_id, name, cells)
values (:month, :county_id, :place_id, :name, :cells);

-- name: of_county(month, county_id, name)
select place_id, cells from statistic
where month = :month and county_id = :county_id and name = :name;

-- name: of_counties(month, name, counties)
select place_id, cells from statistic
where month = :month and name = :name and county_id = place_id
and county_id in (select value from json_each(:counties));

-- name: inhabited(counties)
select value as county_id from json_each(:counties) as wanted
where exists (select 1 from projection where projection.county_id = wanted.value);

-- name: piece(county_id, after, most)^
-- Where the next so many people of a county end, in the order of the index; null for nobody.
select max(person_id) as last from (
    select person_id from projection
    where county_id = :county_id and person_id > :after
    order by person_id limit cast(:most as bigint)) as piece;

-- name: counted(county_id, after, last, year, age1, age2, age3, age4, age5)
-- Of everybody in range whose record is complete: who they are (age, sex, education) and what they
-- said, in one look at each row. Several codes in a column come as they are, with spaces between.
with base as materialized (
    select
        coalesce(projection.township_id, '') as township_id,
        case
            when projection.birth_year is null then ''
            when cast(:year as bigint) - projection.birth_year <= cast(:age1 as bigint) then '1'
            when cast(:year as bigint) - projection.birth_year <= cast(:age2 as bigint) then '2'
            when cast(:year as bigint) - projection.birth_year <= cast(:age3 as bigint) then '3'
            when cast(:year as bigint) - projection.birth_year <= cast(:age4 as bigint) then '4'
            when cast(:year as bigint) - projection.birth_year <= cast(:age5 as bigint) then '5'
            else '6'
        end || '|' || coalesce(projection.sex, '') as age_sex,
        '|' || coalesce(projection.education, '') as education,
        coalesce(projection.employment_status, '') as status,
        coalesce(projection.employment_form, '') as form,
        coalesce(projection.work_industry, '') as work_industry,
        coalesce(projection.transfer_region, '') as region,
        coalesce(projection.work_province, '') as province,
        coalesce(projection.stable_employment, '') as stable,
        coalesce(projection.income_band, '') as income,
        coalesce(projection.startup_status, '') as startup,
        coalesce(projection.returnee_startup, '') as returnee,
        coalesce(projection.unemployed_reason, '') as reason,
        coalesce(projection.job_intent, '') as job,
        coalesce(projection.job_industry, '') as job_industry,
        coalesce(projection.expected_salary, '') as pay,
        coalesce(projection.expected_place, '') as place,
        coalesce(projection.training_intent, '') as training,
        coalesce(projection.training_trade, '') as trade,
        coalesce(projection.training_month, '') as month,
        coalesce(projection.training_place, '') as training_place
    from projection
    join person on person.id = projection.person_id
    where projection.county_id = :county_id and projection.in_export = 1
    and projection.person_id > :after and projection.person_id <= :last
    and person.state = 'active')
select 'people' as name, township_id, age_sex || education as who, '' as said, count(*) as count
from base group by 1, 2, 3, 4
union all
select 'employment', township_id, age_sex || education, '|' || status, count(*)
from base group by 1, 2, 3, 4
union all
select 'work_form', township_id, age_sex || education, '|' || form, count(*)
from base where status = '1' group by 1, 2, 3, 4
union all
select 'work_industry', township_id, age_sex || education, '|' || work_industry, count(*)
from base where status = '1' group by 1, 2, 3, 4
union all
select 'transfer', township_id, age_sex || education, '|' || region, count(*)
from base where status = '1' group by 1, 2, 3, 4
union all
select
    'flow', township_id, age_sex,
    '|' || region || case
        when region = '5' and province <> '' then '-' || substr(province, 1, 2) else ''
    end,
    count(*)
from base where status = '1' group by 1, 2, 3, 4
union all
select 'stable', township_id, age_sex || education, '|' || stable, count(*)
from base where status = '1' group by 1, 2, 3, 4
union all
select 'income', township_id, age_sex || education, '|' || income, count(*)
from base where status in ('1', '2') group by 1, 2, 3, 4
union all
select 'startup', township_id, age_sex || education, '|' || startup, count(*)
from base where startup <> '' group by 1, 2, 3, 4
union all
select 'returnee', township_id, age_sex || education, '|' || returnee, count(*)
from base where startup not in ('', '0') group by 1, 2, 3, 4
union all
select 'unemployed', township_id, age_sex || education, '|' || reason, count(*)
from base where status = '3' group by 1, 2, 3, 4
union all
select 'job', township_id, age_sex || education, '|' || job, count(*)
from base group by 1, 2, 3, 4
union all
select 'job_industry', township_id, age_sex || education, '|' || job_industry, count(*)
from base where job = '1' group by 1, 2, 3, 4
union all
select 'job_pay', township_id, age_sex || education, '|' || pay, count(*)
from base where job = '1' group by 1, 2, 3, 4
union all
select 'job_place', township_id, age_sex || education, '|' || place, count(*)
from base where job = '1' group by 1, 2, 3, 4
union all
select 'job_wish', township_id, '', job_industry || '|' || pay || '|' || place, count(*)
from base where job = '1' group by 1, 2, 3, 4
union all
select 'training', township_id, age_sex || education, '|' || training, count(*)
from base group by 1, 2, 3, 4
union all
select 'training_trade', township_id, age_sex || education, '|' || trade, count(*)
from base where training = '1' group by 1, 2, 3, 4
union all
select 'training_wish', township_id, '', trade || '|' || month || '|' || training_place, count(*)
from base where training = '1' group by 1, 2, 3, 4;
