-- name: claim_due(now, most)
update reminder set state = 'claimed', claimed_at = :now, attempts = attempts + 1
where state = 'planned' and id in (
    select id from reminder where state = 'planned' and due_at <= :now
    order by due_at limit :most for update skip locked)
returning id, kind, person_id, chat_id, cycle, step, due_at, not_after, state, reason, attempts;

-- name: mark(id, was, state, reason, claimed_at, sent_at)^
update reminder set
    state = :state, reason = :reason,
    claimed_at = coalesce(cast(:claimed_at as bigint), claimed_at),
    sent_at = coalesce(cast(:sent_at as bigint), sent_at)
where id = :id and state = :was
returning id;
