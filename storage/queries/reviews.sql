-- name: waiting(places, most)
-- The last report of each person of these places, where nobody has looked at it; oldest first.
select
    report.id, report.person_id, report.version, report.cycle, report.form_hash,
    report.submitted_at, report.informant_relation, report.collection_method, report.state,
    report.reference, report.answers, report.origins, person_key.wrapped,
    projection.township_id, projection.county_id
from projection
join report on report.id = projection.report_id
join person_key on person_key.person_id = report.person_id
where report.state = 'submitted' and (
    projection.township_id in (select value from json_each(:places)) or (
        projection.township_id is null
        and projection.county_id in (select value from json_each(:places))))
order by report.submitted_at, report.id
limit :most;

-- name: count(places)^
select count(*) as total
from projection
join report on report.id = projection.report_id
where report.state = 'submitted' and (
    projection.township_id in (select value from json_each(:places)) or (
        projection.township_id is null
        and projection.county_id in (select value from json_each(:places))));

-- name: judge(id, state, by, now)^
-- Nothing that was judged before, or that a newer report took the place of.
update report set state = :state, state_at = :now, reviewed_by = :by, reviewed_at = :now
where id = :id and state = 'submitted' and not exists (
    select 1 from report as newer
    where newer.person_id = report.person_id and newer.version > report.version)
returning id;

-- name: give_back(id, by, now)^
-- Also what was verified, or what the platform rejected; nothing that a newer one took the place of.
update report set state = 'returned', state_at = :now, reviewed_by = :by, reviewed_at = :now
where id = :id and state in ('submitted', 'verified', 'rejected') and not exists (
    select 1 from report as newer
    where newer.person_id = report.person_id and newer.version > report.version)
returning id;

-- name: ask(id, report_id, person_id, path, words, asked_by, asked_at, told_at)^
insert into report_query (id, report_id, person_id, path, words, asked_by, asked_at, told_at)
values (:id, :report_id, :person_id, :path, :words, :asked_by, :asked_at, :told_at)
returning id;

-- name: open_query(person_id)^
select id, report_id, path, words, asked_at, told_at from report_query
where person_id = :person_id and answered_at is null
order by asked_at desc, id desc limit 1;

-- name: answer(person_id, now)
update report_query set answered_at = :now where person_id = :person_id and answered_at is null
returning id;

-- name: settle_case(person_id, now)
update station_case set closed_at = :now, closed_by = 'system', outcome = 'answered'
where person_id = :person_id and kind in ('returned', 'rejected') and closed_at is null
returning id;

-- name: chat_to_ask(person_id)^
-- Where somebody is asked: themselves before others who speak for them, the newest chat first.
select chat.id from chat_person
join chat on chat.id = chat_person.chat_id
where chat_person.person_id = :person_id and chat.channel = 'telegram'
and chat.blocked_at is null
order by case when chat_person.relation = '0' then 0 else 1 end,
    chat_person.created_at desc, chat.id desc
limit 1;

-- name: asked_in(chat_id)
-- Whom a question waits for that only this chat could be told.
select distinct report_query.person_id, person.township_id, person.county_id
from chat_person
join report_query on report_query.person_id = chat_person.person_id
join person on person.id = chat_person.person_id
where chat_person.chat_id = :chat_id and report_query.answered_at is null and not exists (
    select 1 from station_case
    where station_case.person_id = report_query.person_id
    and station_case.kind = 'returned' and station_case.closed_at is null);
