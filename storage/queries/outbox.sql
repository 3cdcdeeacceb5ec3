-- name: put(chat_id, person_id, post, now)^
insert into outbox (chat_id, person_id, state, post, created_at, due_at, attempts)
values (:chat_id, :person_id, 'waiting', :post, :now, :now, 0)
returning number;

-- name: alone()^
-- A writer on SQLite is alone already.
select 1 as alone;

-- name: claim(now, most)
update outbox set state = 'sending', claimed_at = :now, attempts = attempts + 1
where state = 'waiting' and number in (
    select own.number from outbox as own
    where own.state = 'waiting' and own.due_at <= :now and not exists (
        select 1 from outbox as other
        where other.chat_id = own.chat_id and (other.state = 'sending' or (
            other.state = 'waiting' and other.number < own.number and other.due_at > :now)))
    order by own.number limit :most)
returning number, chat_id, person_id, post, attempts;

-- name: settle(number, state, now)^
update outbox set state = :state, post = null, done_at = :now
where number = :number and state = 'sending'
returning number;

-- name: put_off(number, due_at)^
update outbox set state = 'waiting', due_at = :due_at
where number = :number and state = 'sending'
returning number;

-- name: block(chat_id, now)
update outbox set state = 'blocked', post = null, done_at = :now
where chat_id = :chat_id and state in ('waiting', 'sending')
returning number;

-- name: settle_stale(before)
update outbox set state = 'waiting' where state = 'sending' and claimed_at < :before
returning number;

-- name: first_of(chat_id)^
select number from outbox where chat_id = :chat_id and state in ('waiting', 'sending') limit 1;

-- name: purge(before)
delete from outbox where done_at < :before returning number;
