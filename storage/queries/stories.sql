-- name: versions(person_id)
select
    id, person_id, version, cycle, form_hash, submitted_at, informant_relation,
    collection_method, state, reference, answers, origins, state_at, entered_by, reviewed_by,
    reviewed_at
from report where person_id = :person_id order by version;

-- name: cases(person_id)
select
    id, kind, township_id, person_id, chat_id, created_at, closed_at, closed_by, outcome, priority,
    look_at, taken_by, reminder_id, cycle, taken_at
from station_case where person_id = :person_id order by created_at, id;

-- name: steps(person_id)
select case_step.case_id, case_step.at, case_step.made_by, case_step.outcome, case_step.note
from station_case
join case_step on case_step.case_id = station_case.id
where station_case.person_id = :person_id
order by case_step.at, case_step.id;

-- name: queries(person_id)
select
    report_query.id, report_query.report_id, report_query.path, report_query.words,
    report_query.asked_by, report_query.asked_at, report_query.told_at, report_query.answered_at
from report
join report_query on report_query.report_id = report.id
where report.person_id = :person_id order by report_query.asked_at, report_query.id;

-- name: batches(person_id)
select
    batch_row.batch_id, batch_row.report_id, batch_row.part, batch_row.line, batch_row.outcome,
    batch_row.words, batch_row.answered_at, batch.created_at, batch.state
from batch_row
join batch on batch.id = batch_row.batch_id
where batch_row.person_id = :person_id
order by batch.created_at, batch_row.batch_id, batch_row.part, batch_row.line;

-- name: held(person_id)
select
    batch_held.batch_id, batch_held.report_id, batch_held.reasons, batch_held.roles,
    batch.created_at
from batch_held
join batch on batch.id = batch_held.batch_id
where batch_held.person_id = :person_id
order by batch.created_at, batch_held.batch_id;

-- name: looks(about, most)
select at, actor, action from audit where scope = :about order by at desc, id desc limit :most;

-- name: chats(person_id)
select chat.channel, chat_person.relation, chat_person.created_at, chat.blocked_at
from chat_person
join chat on chat.id = chat_person.chat_id
where chat_person.person_id = :person_id
order by chat_person.created_at, chat.id;

-- name: draft(person_id)^
select purpose, status, started_at, updated_at, entered_by from interview
where person_id = :person_id and status in ('open', 'paused')
order by updated_at desc limit 1;

-- name: names(ids)
select id, role, scope_id, name from staff where id in (select value from json_each(:ids));
