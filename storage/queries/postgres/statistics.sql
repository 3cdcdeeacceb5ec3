-- name: of_counties(month, name, counties)
select place_id, cells from statistic
where month = :month and name = :name and county_id = place_id
and county_id in (
    select place from json_array_elements_text(cast(:counties as json)) as wanted (place));

-- name: inhabited(counties)
select value as county_id from json_array_elements_text(cast(:counties as json)) as wanted (value)
where exists (select 1 from projection where projection.county_id = wanted.value);
