-- name: put(person_id, report_id, submitted_at, cycle, city_id, county_id, township_id, birth_year, birth_month, sex, education, employment_status, employment_form, work_industry, income_band, stable_employment, startup_status, returnee_startup, transfer_region, work_province, unemployed_reason, job_intent, job_industry, expected_salary, expected_place, training_intent, training_month, training_place, training_trade, informant_relation, collection_method, in_export, minutes, is_unchanged)^
insert into projection (
    person_id, report_id, submitted_at, cycle, city_id, county_id, township_id, birth_year,
    birth_month, sex, education, employment_status, employment_form, work_industry,
    income_band, stable_employment, startup_status, returnee_startup, transfer_region,
    work_province, unemployed_reason, job_intent, job_industry, expected_salary,
    expected_place, training_intent, training_month, training_place, training_trade,
    informant_relation, collection_method, in_export, minutes, is_unchanged, stage, stage_at)
values (
    :person_id, :report_id, :submitted_at, :cycle, :city_id, :county_id, :township_id,
    :birth_year, :birth_month, :sex, :education, :employment_status, :employment_form,
    :work_industry, :income_band, :stable_employment, :startup_status, :returnee_startup,
    :transfer_region, :work_province, :unemployed_reason, :job_intent, :job_industry,
    :expected_salary, :expected_place, :training_intent, :training_month, :training_place,
    :training_trade, :informant_relation, :collection_method, :in_export,
    :minutes, :is_unchanged, 'submitted', :submitted_at)
on conflict (person_id) do update set
    report_id = excluded.report_id, submitted_at = excluded.submitted_at,
    cycle = excluded.cycle, city_id = excluded.city_id, county_id = excluded.county_id,
    township_id = excluded.township_id, birth_year = excluded.birth_year,
    birth_month = excluded.birth_month, sex = excluded.sex, education = excluded.education,
    employment_status = excluded.employment_status,
    employment_form = excluded.employment_form, work_industry = excluded.work_industry,
    income_band = excluded.income_band, stable_employment = excluded.stable_employment,
    startup_status = excluded.startup_status, returnee_startup = excluded.returnee_startup,
    transfer_region = excluded.transfer_region, work_province = excluded.work_province,
    unemployed_reason = excluded.unemployed_reason, job_intent = excluded.job_intent,
    job_industry = excluded.job_industry, expected_salary = excluded.expected_salary,
    expected_place = excluded.expected_place, training_intent = excluded.training_intent,
    training_month = excluded.training_month, training_place = excluded.training_place,
    training_trade = excluded.training_trade,
    informant_relation = excluded.informant_relation,
    collection_method = excluded.collection_method, in_export = excluded.in_export,
    minutes = excluded.minutes, is_unchanged = excluded.is_unchanged,
    stage = excluded.stage, stage_at = excluded.stage_at
returning person_id;

-- name: get(person_id)^
select
    person_id, report_id, submitted_at, cycle, city_id, county_id, township_id, birth_year,
    birth_month, sex, education, employment_status, employment_form, work_industry,
    income_band, stable_employment, startup_status, returnee_startup, transfer_region,
    work_province, unemployed_reason, job_intent, job_industry, expected_salary,
    expected_place, training_intent, training_month, training_place, training_trade,
    informant_relation, collection_method, in_export, minutes, is_unchanged
from projection where person_id = :person_id;
