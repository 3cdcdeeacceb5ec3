"""A database of before the counts: what the migration makes of it is what a recount finds."""

import shutil
from datetime import date, timedelta
from pathlib import Path

from storage import headcounts, progress
from storage.database import PATIENCE, Database, open_engine
from storage.days import LocalDays
from storage.migrate import FOLDER, migrate
from storage.progress import Counting
from storage.recounting import one_moment, recount
from storage.vault import SYSTEM, Vault
from tests.storage.walking import ABOVE, ZONE

COUNTING = Counting(ABOVE, LocalDays(ZONE))
# 2026-05-01 and 02 a quarter of an hour before midnight in Shanxi.
MAY_1, MAY_2 = 1_777_650_300_000_000, 1_777_736_700_000_000
BEFORE = """
insert into form (hash, form_id, version, xml, source_digest, published_at)
values ('f', 's', '1', '<h/>', 'd', 0);
insert into person (id, state, exit_reason, township_id, county_id, created_at, updated_at) values
    ('at1', 'active', null, 't0001', 'k001', {one}, {two}),
    ('at2', 'active', null, 't0002', 'k001', {one}, {two}),
    ('gone', 'out_of_range', '01', 't0001', 'k001', {one}, {two}),
    ('double', 'active', null, 't0001', 'k001', {one}, {two}),
    ('listed', 'active', null, 't0018', 'k002', {two}, {two}),
    ('answered', 'active', null, 't0018', 'k002', {one}, {two}),
    ('nowhere', 'active', null, null, null, {one}, {two}),
    ('erased', 'erased', null, null, null, {one}, {two});
insert into report (
    id, person_id, version, cycle, form_hash, submitted_at, informant_relation,
    collection_method, state, reference, answers)
values
    ('r1', 'at1', 1, 2025, 'f', {one}, '0', '1', 'accepted', '1', {bytes}),
    ('r2', 'at1', 2, 2026, 'f', {one}, '0', '1', 'returned', '2', {bytes}),
    ('r3', 'at1', 3, 2026, 'f', {two}, '0', '1', 'submitted', '3', {bytes}),
    ('r4', 'at2', 1, 2026, 'f', {one}, '0', '1', 'verified', '4', {bytes}),
    ('r5', 'gone', 1, 2025, 'f', {one}, '0', '1', 'exported', '5', {bytes}),
    ('r6', 'gone', 2, 2026, 'f', {one}, '0', '1', 'verified', '6', {bytes}),
    ('r7', 'double', 1, 2026, 'f', {one}, '0', '1', 'submitted', '7', {bytes});
insert into projection (
    person_id, report_id, cycle, submitted_at, county_id, township_id, in_export)
values
    ('at1', 'r3', 2026, {two}, 'k001', 't0001', 1),
    ('at2', 'r4', 2026, {one}, 'k001', 't0002', 1),
    ('gone', 'r6', 2026, {one}, 'k001', 't0001', 0),
    ('double', 'r7', 2026, {one}, 'k001', 't0001', 0);
insert into chat (id, channel, address_digest, address, language, created_at)
values ('c', 'web', {bytes}, {bytes}, 'zh', {one});
insert into interview (
    id, chat_id, number, person_id, form_hash, purpose, status, revision, started_at, updated_at)
values
    ('i1', 'c', 1, 'at1', 'f', 'first', 'open', 1, {one}, {one}),
    ('i2', 'c', 2, 'at2', 'f', 'update', 'open', 1, {one}, {one}),
    ('i3', 'c', 3, 'at2', 'f', 'first', 'submitted', 1, {one}, {one}),
    ('i4', 'c', 4, 'nowhere', 'f', 'first', 'paused', 1, {one}, {one});
insert into roster_entry (key_id, digest, person_id, township_id, added_at, answered_by)
values
    ('k', {bytes}, 'listed', 't0018', {one}, null),
    ('l', {bytes}, 'answered', 't0018', {one}, 'at1');
"""


async def test_what_was_there_is_counted_when_the_counts_come(
    url: str, vault: Vault, tmp_path: Path
) -> None:
    older = Path(shutil.copytree(FOLDER, tmp_path / "older"))
    for file in older.rglob("*.sql"):
        if file.name > "004":
            file.unlink()
    engine = await open_engine(url)
    database = Database(engine, vault, vault.new_key(SYSTEM)[0], PATIENCE)
    literal = "x'00'" if engine.name == "sqlite" else "decode('00', 'hex')"
    async with database.transaction() as tx:
        await migrate(tx, engine.name, older)
        await tx.run(BEFORE.format(one=MAY_1, two=MAY_2, bytes=literal))
    async with database.transaction() as tx:
        await migrate(tx, engine.name)
    async with database.reading() as reading:
        now = await progress.counts(reading, COUNTING, 2026, ["t0001", "c01"])
        last = await progress.counts(reading, COUNTING, 2025, ["c01"])
        trend = await progress.trend(reading, COUNTING, 2026, "c01")
        heads = await headcounts.counts(reading, COUNTING, ["t0001", "t0018", "c01"])
        begun = await progress.begun(reading, COUNTING, "province")
        span = (date(2026, 5, 2), date(2026, 12, 31))
        ledger = await headcounts.ledger(reading, COUNTING, "c01", *span)
    assert begun == {"t0001": 1, "k001": 1, "c01": 1, "province": 2, "": 1}
    assert now["t0001"] == {"submitted": 1, "left_out": 2}
    assert now["c01"] == {"submitted": 1, "verified": 1, "left_out": 2}
    assert last["c01"] == {"accepted": 1, "exported": 1}
    assert trend["2026-05-01"] == {"verified": 1, "left_out": 2}
    assert trend["2026-05-02"] == {"submitted": 1}
    assert heads == {"t0001": 1, "t0018": 1, "c01": 3}
    assert (ledger.base, dict(ledger.changes)) == (2, {"added": 1})
    async with database.transaction() as tx:
        await one_moment(tx)
        found = await recount(tx, COUNTING, date(2026, 5, 3), timedelta(hours=8))
    assert found == []
    await database.close()
