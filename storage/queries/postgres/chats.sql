-- name: load_turn(channel, digest)^
-- A function, so that the interview is read after the lock on the chat was granted.
select * from load_turn(:channel, :digest);
