-- name: alone()^
-- Until the transaction ends; the next statement sees what the one before left behind.
select pg_advisory_xact_lock(20260722) is null as alone;
