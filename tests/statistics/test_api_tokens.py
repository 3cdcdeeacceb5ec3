"""The tokens of the interface: what opens it, how long, how often, and who looks on."""

from datetime import timedelta

from storage import api_tokens, audits
from storage.database import Database
from tests.statistics.caller import ROOT, calling
from tests.statistics.crowd import NOW


async def test_only_a_good_token_in_the_header_opens_anything(sqlite: Database) -> None:
    async with calling(sqlite, people=20) as caller:
        secret = caller.headers["Authorization"].removeprefix("Bearer ")
        path = f"{ROOT}/tables?token={secret}&access_token={secret}"
        for headers in ({}, {"Authorization": "Bearer xw_nobody"}, {"Authorization": secret}):
            refused = await caller.http.get(path, headers=headers)
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"] == "Bearer"
            assert refused.headers["content-type"].startswith("application/problem+json")
        async with sqlite.transaction() as tx:
            await api_tokens.revoke(tx, caller.token_id, NOW)
        assert (await caller.get("/tables")).status_code == 401


async def test_a_token_expires(sqlite: Database) -> None:
    async with calling(sqlite, people=10), sqlite.reading() as reading:
        (token,) = await api_tokens.everywhere(reading)
    assert token.is_good(NOW + timedelta(days=29))
    assert not token.is_good(NOW + timedelta(days=30))


async def test_the_database_holds_no_token(sqlite: Database) -> None:
    async with calling(sqlite, people=5) as caller:
        secret = caller.headers["Authorization"].removeprefix("Bearer ")
        async with sqlite.reading() as reading:
            (row,) = await reading.all("api_tokens.everywhere")
            digest = reading.vault.digest("api.token", secret)
            found = await reading.one("api_tokens.of_digest", digest=digest)
    assert found is not None
    assert secret not in str([row[column] for column in ("id", "name", "scope_id", "created_by")])


async def test_the_first_use_of_a_day_is_in_the_audit(database: Database) -> None:
    async with calling(database, people=5) as caller:
        for _ in range(3):
            await caller.read("/months")
        async with database.reading() as reading:
            lines = await audits.since(reading, NOW - timedelta(days=1))
    used = [line for line in lines if line.action == "api.use"]
    assert [(line.actor, line.scope) for line in used] == [
        (f"token:{caller.token_id}", "place:c08")
    ]


async def test_who_asks_too_often_is_told_when_to_come_back(sqlite: Database) -> None:
    async with calling(sqlite, people=5, per_minute=3) as caller:
        statuses = [(await caller.get("/months")).status_code for _ in range(4)]
        again = await caller.get("/months")
    assert statuses == [200, 200, 200, 429]
    assert int(again.headers["Retry-After"]) > 0
