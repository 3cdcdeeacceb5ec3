-- name: add(id, now)^
insert into person (id, state, created_at, updated_at)
values (:id, 'active', :now, :now)
returning id;

-- name: add_key(person_id, wrapped)^
insert into person_key (person_id, wrapped) values (:person_id, :wrapped) returning person_id;

-- name: key(person_id)^
select wrapped from person_key where person_id = :person_id;

-- name: get(id)^
select id, state, exit_reason, township_id, county_id, birth_year, sex, due_on, due_slot, created_at
from person where id = :id;

-- name: in_scope(places, tag)
select
    id, state, exit_reason, township_id, county_id, birth_year, sex, due_on, due_slot, created_at
from person
where coalesce(township_id, county_id) in (select value from json_each(:places))
and state <> 'erased' and id like '%' || :tag
order by id;

-- name: of_chat(chat_id)
select
    person.id, state, exit_reason, township_id, county_id, birth_year, sex, due_on, due_slot,
    person.created_at
from chat_person
join person on person.id = chat_person.person_id
where chat_person.chat_id = :chat_id and person.state <> 'erased'
order by chat_person.created_at, person.id;

-- name: place(id, township_id, county_id, birth_year, sex, due_on, due_slot, now)^
update person set
    state = 'active', exit_reason = null, exit_on = null, township_id = :township_id,
    county_id = :county_id, birth_year = :birth_year, sex = :sex,
    due_on = :due_on, due_slot = :due_slot, updated_at = :now
where id = :id
returning id;

-- name: leave_range(id, exit_reason, exit_on, now)^
update person set
    state = 'out_of_range', exit_reason = :exit_reason, exit_on = :exit_on, updated_at = :now
where id = :id and state = 'active'
returning id;

-- name: keep_from_export(person_id, now)^
update projection set in_export = 0, stage_at = :now where person_id = :person_id
returning person_id;

-- name: blank(id, now)^
update person set
    state = 'erased', exit_reason = null, exit_on = null, township_id = null, county_id = null,
    birth_year = null, sex = null, due_on = null, due_slot = null, updated_at = :now
where id = :id
returning id;

-- name: remove(id)^
delete from person
where id = :id and not exists (select 1 from report where report.person_id = person.id)
returning id;

-- name: hold(id)^
-- Reports of one person from two chats come one after the other.
select id from person where id = :id;

-- name: roster_doubles(person_id)
-- Persons that an entry of the roster was made with before this one answered it.
select person_id from roster_entry where answered_by = :person_id and person_id <> :person_id;

-- name: drop_roster(person_id)
delete from roster_entry where person_id = :person_id or answered_by = :person_id
returning person_id;

-- name: drop_import_rows(person_id)
update roster_import_row set content = null, before = null, person_id = null
where person_id = :person_id
returning line;

-- name: drop_personal_codes(person_id)
delete from personal_code where person_id = :person_id returning person_id;

-- name: drop_phones(person_id)
delete from phone_index where person_id = :person_id returning person_id;

-- name: drop_phone_matches(person_id)
delete from phone_match where person_id = :person_id returning person_id;

-- name: drop_preference(person_id)
delete from reminder_preference where person_id = :person_id returning person_id;

-- name: drop_pins(person_id)
delete from pin where person_id = :person_id returning chat_id;

-- name: drop_departures(person_id)
delete from departure where person_id = :person_id returning told_at;

-- name: drop_taken_over(person_id)
delete from taken_over where person_id = :person_id returning person_id;

-- name: drop_reminders(person_id)
delete from reminder where person_id = :person_id returning id;

-- name: drop_key(person_id)
delete from person_key where person_id = :person_id returning person_id;

-- name: drop_interviews(person_id)
delete from interview where person_id = :person_id returning id;

-- name: close_chats(person_id)
update chat set open_interview_id = null
where open_interview_id in (select id from interview where person_id = :person_id)
returning id;

-- name: count_no_more(person_id, now)
-- The day on which somebody is counted no more is today's, not that of their report.
update cycle_standing set stage = 'erased', changed_at = :now where person_id = :person_id
returning cycle;

-- name: drop_standing(person_id)
delete from cycle_standing where person_id = :person_id returning cycle;

-- name: drop_projection(person_id)
delete from projection where person_id = :person_id returning person_id;

-- name: drop_queries(person_id)
delete from report_query where person_id = :person_id returning id;

-- name: drop_batches(person_id)
-- A file that holds somebody who is erased is not handed out any more.
update batch set
    state = case when state = 'taken' then 'expired' else 'dropped' end, fault = 'erased',
    password = null
where state in ('ready', 'taken') and (
    id in (select batch_id from batch_row where person_id = :person_id)
    or id in (select batch_id from batch_held where person_id = :person_id))
returning id;

-- name: empty_files(person_id)
update batch_file set content = substr(content, 1, 0)
where length(content) > 0 and (
    batch_id in (select batch_id from batch_row where person_id = :person_id)
    or batch_id in (select batch_id from batch_held where person_id = :person_id))
returning batch_id;

-- name: blank_batch_rows(person_id)
update batch_row set person_id = '', report_id = '', key_id = '', digest = substr(digest, 1, 0),
    words = null
where person_id = :person_id
returning batch_id;

-- name: drop_batch_held(person_id)
delete from batch_held where person_id = :person_id returning batch_id;

-- name: drop_reports(person_id)
delete from report where person_id = :person_id returning id;

-- name: drop_identities(person_id)
delete from identity_index where person_id = :person_id returning person_id;

-- name: drop_codes(person_id)
delete from return_code where person_id = :person_id returning person_id;

-- name: drop_links(person_id)
delete from chat_person where person_id = :person_id returning chat_id;

-- name: drop_cases(person_id)
delete from transfer_case
where person_id = :person_id or known_person_id = :person_id
returning id;

-- name: drop_posts(person_id)
delete from outbox where person_id = :person_id returning number;

-- name: drop_voices(person_id)
delete from voice_note where person_id = :person_id returning id;

-- name: drop_case_steps(person_id)
delete from case_step where case_id in (select id from station_case where person_id = :person_id)
returning id;

-- name: drop_station_cases(person_id)
delete from station_case where person_id = :person_id returning id;

-- name: drop_consents(person_id)
delete from consent where person_id = :person_id returning version;

-- name: withdraw_consents(person_id, now)
update consent set withdrawn_at = :now
where person_id = :person_id and withdrawn_at is null
returning version;

-- name: clear_reminders(person_id, reason)
update reminder set state = 'cleared', reason = :reason
where person_id = :person_id and state in ('planned', 'claimed')
returning id;
