"""The interface: whose numbers a token reads, how often, and what it is told when it is wrong."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.definitions import load_definitions
from bot.settings import Settings
from bot.settings_staff import StatisticsSection
from bot.settings_values import CHECKOUT
from bot.statistics.asking import Ask, answer, as_shared, layout_of, surroundings
from bot.statistics.making import keep_up
from bot.web.api.models import MODELS
from bot.web.api.openapi import operations
from bot.web.api.problems import STATUSES
from bot.web.api.routes import open_api
from bot.web.api.words import load_words
from bot.web.settings import WebSettings
from bot.world import World
from storage import api_tokens, audits
from storage.database import Database
from tests.statistics.crowd import NOW, PUBLIC, at, crowd, keep, world_of
from tests.web.client import SECRET

ROOT = "/api/v1"
DECEMBER = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)


@dataclass
class Caller:
    """Another system, with its token."""

    http: httpx.AsyncClient
    database: Database
    world: World
    token_id: str
    headers: dict[str, str]

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for something."""
        return await self.http.get(ROOT + path, headers={**self.headers, **headers})

    async def read(self, path: str) -> Any:
        """Ask for something that is there; return what it says."""
        found = await self.get(path)
        assert found.status_code == 200, found.text
        return found.json()


@asynccontextmanager
async def calling(
    database: Database,
    scope_id: str = "c08",
    *,
    people: int = 150,
    per_minute: int = 600,
    now: datetime = NOW,
) -> AsyncIterator[Caller]:
    """Lend a caller whose token is for a place; the month before `now` is counted."""
    world = await world_of(database)
    await keep(database, crowd(people), world.shelf.hash)
    await keep_up(database, world)
    world = at(world, now)
    await keep_up(database, world)
    settings = Settings(statistics=StatisticsSection(api_per_minute=per_minute))
    web = WebSettings("http://here.test", SECRET)
    app = Starlette(routes=[open_api(database, world, settings, web, lambda: 0.0)])
    async with database.transaction() as tx:
        token = await api_tokens.make(
            tx,
            scope_id=scope_id,
            name="就业平台",
            created_by="command:tests",
            expires_at=now + timedelta(days=30),
            now=now,
        )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here.test") as http:
        headers = {"Authorization": f"Bearer {token.secret}"}
        yield Caller(http, database, world, token.id, headers)


async def test_a_table_says_what_the_page_says_and_keeps_back_the_same(
    database: Database,
) -> None:
    async with calling(database) as caller:
        path = "/tables/income?place=140800&month=2026-11&depth=2&keep=sex:2"
        given = await caller.read(path)
        layout = layout_of("income", "", "", {"sex": "2"})
        async with database.reading() as reading:
            found = await answer(reading, PUBLIC, Ask("income", "c08", "2026-11", layout, 2))
            around = await surroundings(reading, PUBLIC, found)
        table = as_shared(found, around, 5).table
    assert given["codes"] == [{"code": one.code, "label": one.label} for one in table.columns]
    lines = [*given["lines"], given["total"]]
    assert [tuple(line["counts"]) for line in lines] == [line.counts for line in table.all_lines]
    assert [line["total"] for line in lines] == [line.total for line in table.all_lines]
    assert given["hidden"] == table.hidden > 0
    assert any(number is None for line in lines for number in line["counts"])


async def test_a_token_reads_its_own_place_and_what_is_below(sqlite: Database) -> None:
    expected = {"": 200, "140800": 200, "140824": 200, "140100": 403, "140000": 403, "999": 400}
    async with calling(sqlite, people=20) as caller:
        for place, status in expected.items():
            for path in ("/tables/people?month=2026-11&", "/places?"):
                assert (await caller.get(f"{path}place={place}")).status_code == status


async def test_a_token_of_a_county_reads_no_city(sqlite: Database) -> None:
    async with calling(sqlite, "k065", people=20) as caller:
        assert (await caller.get("/tables/people?place=140800")).status_code == 403
        assert (await caller.read("/places"))["place"]["code"] == "140824"


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


async def test_a_closed_month_need_not_be_sent_twice(sqlite: Database) -> None:
    async with calling(sqlite, people=40, now=DECEMBER) as caller:
        first = await caller.get("/tables/people?month=2026-11")
        again = await caller.get(
            "/tables/people?month=2026-11", **{"If-None-Match": first.headers["ETag"]}
        )
        other = await caller.get(
            "/tables/job?month=2026-11", **{"If-None-Match": first.headers["ETag"]}
        )
        running = await caller.get("/tables/people?month=2026-12")
    assert first.json()["closed"]
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200
    assert "ETag" not in running.headers


async def test_what_is_wrong_is_named(sqlite: Database) -> None:
    wrong = {
        "/tables/weather": (400, "name"),
        "/tables/people?month=1999-01": (400, "month"),
        "/tables/people?rows=trade": (400, "rows"),
        "/tables/people?columns=place_id": (400, "columns"),
        "/tables/people?depth=3": (400, "depth"),
        "/tables/people?keep=sex": (400, "keep"),
        "/tables/people?keep=trade:01": (400, "keep"),
        "/nowhere": (404, ""),
    }
    async with calling(sqlite, people=10) as caller:
        for path, (status, field) in wrong.items():
            found = await caller.get(path)
            problem = found.json()
            assert (found.status_code, problem["status"]) == (status, status)
            assert problem["field"] == field
            assert problem["title"]
            assert problem["detail"]


async def test_nothing_can_be_written(sqlite: Database) -> None:
    async with calling(sqlite, people=5) as caller:
        for path in ("/tables", "/months"):
            answered = await caller.http.post(ROOT + path, headers=caller.headers)
            assert answered.status_code == 405


async def test_the_document_describes_every_address_and_every_answer(
    sqlite: Database,
) -> None:
    async with calling(sqlite, people=30) as caller:
        document = (await caller.http.get(f"{ROOT}/openapi.json")).json()
        answers = {
            "/tables": await caller.read("/tables"),
            "/months": await caller.read("/months"),
            "/places": await caller.read("/places"),
            "/tables/{name}": await caller.read("/tables/employment"),
        }
    assert document["openapi"].startswith("3.1.")
    assert set(document["paths"]) == {one.path for one in operations()} == set(answers)
    schemas = document["components"]["schemas"]
    for path, item in document["paths"].items():
        operation = item["get"]
        assert operation["operationId"]
        named = set(re.findall(r"{(\w+)}", path))
        in_path = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == in_path
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        for status, response in operation["responses"].items():
            assert response["description"]
            for content in response.get("content", {}).values():
                assert _target(content["schema"]["$ref"]) in schemas, status
        shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
        _fits(answers[path], shape, schemas)
    for reference in re.findall(r'"(#/components/schemas/\w+)"', str(document).replace("'", '"')):
        assert _target(reference) in schemas


async def test_the_page_about_it_needs_nothing_from_elsewhere(sqlite: Database) -> None:
    async with calling(sqlite, people=5) as caller:
        page = await caller.http.get(f"{ROOT}/docs")
    assert page.status_code == 200
    for name in ("/tables/{name}", "If-None-Match", *load_definitions().tables):
        assert name in page.text
    sources = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert sources
    assert all(one.startswith("/") and not one.startswith("//") for one in sources)
    assert "<script" not in page.text


def _target(reference: str) -> str:
    return reference.rpartition("/")[2]


_KINDS = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def _fits(value: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Hold a value against the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        _fits(value, schemas[_target(schema["$ref"])], schemas)
    elif "anyOf" in schema:
        kinds = [one["type"] for one in schema["anyOf"]]
        assert any(isinstance(value, _KINDS[kind]) for kind in kinds)  # type: ignore[arg-type]
    elif schema.get("type") == "object":
        assert set(schema["required"]) <= value.keys() <= set(schema["properties"])
        assert schema["additionalProperties"] is False
        for name, one in value.items():
            assert schema["properties"][name]["description"]
            _fits(one, schema["properties"][name], schemas)
    elif schema.get("type") == "array":
        for one in value:
            _fits(one, schema["items"], schemas)
    else:
        assert isinstance(value, _KINDS[schema["type"]])  # type: ignore[arg-type]
        assert value in schema.get("enum", [value])


def test_every_word_of_the_interface_is_used_and_there() -> None:
    page = (CHECKOUT / "bot/web/console/templates/api_docs.html").read_text("utf-8")
    used = {*re.findall(r'words\("(api\.[a-z_]+)"', page)}
    used |= {"api.title", "api.about", "api.token", "api.tag", "api.unchanged"}
    used |= {f"api.problem.{kind}" for kind in STATUSES}
    used |= {f"api.problem.{kind}_cure" for kind in STATUSES}
    for one in operations():
        used |= {f"api.operation.{one.name}", f"api.operation.{one.name}_answer"}
        used |= {f"api.parameter.{parameter.name}" for parameter in one.parameters}
    for model in MODELS:
        used.add(f"api.model.{model.__name__}.about")
        for field in model.model_fields:
            key = "about_field" if field == "about" else field
            used.add(f"api.model.{model.__name__}.{key}")
    assert used == set(load_words().sentences)


async def test_junk_in_a_question_is_never_our_fault(sqlite: Database) -> None:
    junk = (
        "",
        "x",
        "-1",
        "9" * 5000,
        "１２",
        "%00",
        "2026-13",
        "0000-00",
        "sex:",
        ":",
        "*",
        "a" * 3000,
    )
    names = ("place", "month", "rows", "columns", "keep", "depth", "if-none-match")
    async with calling(sqlite, people=5) as caller:
        for path in (
            "/tables/people",
            "/places",
            "/months",
            "/tables",
            "/tables/%00",
            "/tables/x",
        ):
            for given in junk:
                for name in names:
                    answer = await caller.get(f"{path}?{name}={given}", **{"If-None-Match": "x,"})
                    assert answer.status_code in {200, 400, 403, 404}, (path, name, given[:20])
                    assert given not in answer.text or len(given) < 9
        for secret in ("", "Bearer", "Bearer ", "Bearer " + "x" * 9000, "Basic eDp4"):
            answer = await caller.get("/tables", Authorization=secret)
            assert answer.status_code == 401
