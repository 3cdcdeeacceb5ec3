"""Every address of the console, tried by everybody whose business it is not.

`ASKED` names every route: a new one must be added with what somebody would try at it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from starlette.routing import Route

from bot.web.console.routes import routes_of
from conversations.scope import PROVINCE
from tests.console.house import House, Visitor, opened_house, visiting
from tests.console.planted import Planted, planted
from tests.staff.matrix import BESIDE, COUNTY, FAR, OWN, SCOPES

C: Final = "/console"
WHY: Final = {"reason": "看看别处的人", "why": "看看别处的人"}
HERE: Final = {"place": COUNTY, "county": COUNTY, "scope": COUNTY, "at": COUNTY}
FILE: Final = {"file": ("表.xlsx", b"PK\x03\x04")}
# What is tried at each address: the fields of a form, or None where it is only opened.
ASKED: Final[dict[tuple[str, str], dict[str, Any] | None]] = {
    ("GET", f"{C}/sign-in"): None,
    ("POST", f"{C}/sign-in"): {"name": "x", "password": "x", "code": "1"},
    ("GET", f"{C}/enter"): None,
    ("POST", f"{C}/enter"): {"link": "x"},
    ("POST", f"{C}/set-up"): {"link": "x", "name": "某人"},
    ("GET", C): None,
    ("GET", f"{C}/worklist"): None,
    ("POST", f"{C}/worklist"): {"words": "东张"},
    ("GET", f"{C}/worklist/{{case}}"): None,
    ("POST", f"{C}/worklist/{{case}}/take"): {},
    ("POST", f"{C}/worklist/{{case}}/leave"): {},
    ("POST", f"{C}/worklist/{{case}}/outcome"): {"outcome": "died", "sure": "1"},
    ("POST", f"{C}/worklist/{{case}}/note"): {"words": "看过"},
    ("POST", f"{C}/worklist/{{case}}/phone"): WHY,
    ("GET", f"{C}/reports"): None,
    ("POST", f"{C}/reports/verify"): {"report": ""},
    ("GET", f"{C}/reports/{{report}}"): None,
    ("POST", f"{C}/reports/{{report}}/verify"): {},
    ("POST", f"{C}/reports/{{report}}/return"): {"line": "1", "words": "请再看看这一项对不对"},
    ("GET", f"{C}/people"): None,
    ("POST", f"{C}/people"): {**HERE, "stage": "submitted"},
    ("POST", f"{C}/people/number"): {"id_number": ""},
    ("POST", f"{C}/people/saved"): {"f": "", "title": "别人的"},
    ("POST", f"{C}/people/saved/drop"): {"f": ""},
    ("GET", f"{C}/people/{{person}}"): None,
    ("POST", f"{C}/people/{{person}}/whole"): WHY,
    ("GET", f"{C}/followups"): None,
    ("GET", f"{C}/followups/new"): None,
    ("POST", f"{C}/followups/new"): {**HERE, "status": "1", "wording": "prompt.other"},
    ("GET", f"{C}/followups/preview/{{draft}}"): None,
    ("POST", f"{C}/followups/start"): {"draft": ""},
    ("GET", f"{C}/followups/texts"): None,
    ("POST", f"{C}/followups/texts"): {**HERE, "words": "请更新就业信息。"},
    ("POST", f"{C}/followups/texts/judge"): {"key": "", "answer": "yes"},
    ("GET", f"{C}/followups/yearly"): None,
    ("POST", f"{C}/followups/yearly"): {**HERE, "cycle": "2026", "days": "feast"},
    ("GET", f"{C}/followups/waves/{{wave}}"): None,
    ("GET", f"{C}/followups/waves/{{wave}}/numbers"): None,
    ("POST", f"{C}/followups/waves/{{wave}}/change"): {"what": "stop", "reason": "time"},
    ("GET", f"{C}/roster"): None,
    ("POST", f"{C}/roster/upload"): {**HERE, **WHY, **FILE},
    ("GET", f"{C}/roster/due"): None,
    ("GET", f"{C}/roster/{{import_id}}"): None,
    ("POST", f"{C}/roster/{{import_id}}/go"): {"state": "undoing", "undo-reason": "别人的"},
    ("POST", f"{C}/roster/{{import_id}}/sheet"): {"sheet": "0"},
    ("POST", f"{C}/roster/{{import_id}}/mapping"): {"column-name": "0"},
    ("POST", f"{C}/roster/{{import_id}}/rule"): {"rule": "file"},
    ("GET", f"{C}/roster/{{import_id}}/progress"): None,
    ("GET", f"{C}/roster/{{import_id}}/rows"): None,
    ("POST", f"{C}/roster/{{import_id}}/whole"): {**WHY, "verdict": "refused"},
    ("POST", f"{C}/roster/{{import_id}}/choose"): {"line": "2", "choice": "file"},
    ("POST", f"{C}/roster/{{import_id}}/result"): {"result-reason": "拿走"},
    ("POST", f"{C}/roster/{{import_id}}/codes"): {"codes-reason": "拿走"},
    ("GET", f"{C}/roster/{{import_id}}/file/{{upload_id}}"): None,
    ("GET", f"{C}/exports"): None,
    ("POST", f"{C}/exports"): {**HERE, **WHY},
    ("GET", f"{C}/exports/{{batch}}"): None,
    ("GET", f"{C}/exports/{{batch}}/part"): None,
    ("POST", f"{C}/exports/{{batch}}/approve"): {},
    ("POST", f"{C}/exports/{{batch}}/drop"): {},
    ("POST", f"{C}/exports/{{batch}}/password"): {},
    ("POST", f"{C}/exports/{{batch}}/take"): {**WHY, "part": "1"},
    ("GET", f"{C}/exports/{{batch}}/held"): None,
    ("POST", f"{C}/exports/{{batch}}/held"): {"person": ""},
    ("GET", f"{C}/templates"): None,
    ("POST", f"{C}/templates"): {**HERE, **FILE},
    ("POST", f"{C}/templates/ours"): HERE,
    ("GET", f"{C}/templates/{{mapping}}"): None,
    ("POST", f"{C}/templates/{{mapping}}"): {"A.holds": "name"},
    ("POST", f"{C}/templates/{{mapping}}/place"): {"heading": "1", "first_row": "2"},
    ("POST", f"{C}/templates/{{mapping}}/activate"): {"accept": "1"},
    ("GET", f"{C}/answers"): None,
    ("POST", f"{C}/answers/upload"): {**HERE, **FILE},
    ("GET", f"{C}/answers/open"): None,
    ("POST", f"{C}/answers/open/{{report_id}}/again"): {},
    ("POST", f"{C}/answers/open/{{report_id}}/give-up"): WHY,
    ("GET", f"{C}/answers/{{import_id}}"): None,
    ("POST", f"{C}/answers/{{import_id}}/mapping"): {"how": "status", "number": "2"},
    ("POST", f"{C}/answers/{{import_id}}/take"): {},
    ("POST", f"{C}/answers/{{import_id}}/drop"): {},
    ("GET", f"{C}/progress"): None,
    ("GET", f"{C}/progress/villages"): None,
    ("GET", f"{C}/progress/targets"): None,
    ("POST", f"{C}/progress/targets"): {**HERE, **WHY, f"people_{OWN}": "12"},
    ("GET", f"{C}/progress/bulletin"): None,
    ("GET", f"{C}/progress/bulletin.pdf"): None,
    ("GET", f"{C}/progress/bulletin.png"): None,
    ("POST", f"{C}/progress/bulletin/subscribe"): {**HERE, "weekday": "1", "hour": "9"},
    ("POST", f"{C}/progress/bulletin/unsubscribe"): HERE,
    ("GET", f"{C}/statistics"): None,
    ("POST", f"{C}/statistics/file"): {**HERE, "kind": "csv"},
    ("POST", f"{C}/statistics/recount"): HERE,
    ("GET", f"{C}/statistics/quality"): None,
    ("GET", f"{C}/statistics/training"): None,
    ("POST", f"{C}/statistics/training/whole"): {**HERE, **WHY},
    ("POST", f"{C}/statistics/training/file"): {"order": "00ff"},
    ("GET", f"{C}/tokens"): None,
    ("POST", f"{C}/tokens"): {**HERE, "name": "别处的", "days": "30"},
    ("POST", f"{C}/tokens/revoke"): {"token": ""},
    ("GET", f"{C}/staff"): None,
    ("POST", f"{C}/staff/invite"): {"where": COUNTY, "name": "新人"},
    ("GET", f"{C}/staff/{{tag}}"): None,
    ("POST", f"{C}/staff/{{tag}}/suspend"): {},
    ("POST", f"{C}/staff/{{tag}}/resume"): {},
    ("POST", f"{C}/staff/{{tag}}/code"): {},
    ("POST", f"{C}/staff/{{tag}}/reset"): {},
    ("POST", f"{C}/staff/{{tag}}/drop"): {"device": "x"},
    ("POST", f"{C}/staff/{{tag}}/deputy"): {"deputy": "x"},
    ("POST", f"{C}/staff/{{tag}}/release"): {"deputy": "x"},
    ("GET", f"{C}/audit"): None,
    ("POST", f"{C}/audit/csv"): WHY,
    ("GET", f"{C}/account"): None,
    ("POST", f"{C}/account/password"): {"password": "x", "new": "y", "again": "y"},
    ("POST", f"{C}/account/sessions"): {"but": "this"},
    ("GET", f"{C}/{{rest:path}}"): None,
    ("POST", f"{C}/sign-out"): {},
}
# The form to sign in is refused for want of its ticket; a page that is not there is no attempt.
NOT_NOTED: Final = (f"{C}/sign-in", f"{C}/enter", f"{C}/set-up", f"{C}/{{rest:path}}")
QUERY: Final = {"place": COUNTY, "county": COUNTY, "at": COUNTY, "verdict": "refused"}
STRANGERS: Final = (
    *(("station", BESIDE), ("station", FAR), ("county", "k066"), ("county", "k001")),
    *(("city", "c01"), ("operator", PROVINCE), ("auditor", PROVINCE)),
)
# Accounts are an operator's own business.
_ACCOUNTS: Final = f"{C}/staff"
# What belongs to whoever tries, and changes by their trying.
OWN_TABLES: Final = frozenset(
    ("audit", "console_session", "saved_filter", "staff", "login_failure", "attempt", "lease")
)


def routes(house: House) -> Iterator[tuple[str, str]]:
    for route in routes_of(house.console):
        assert isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}:
            yield method, route.path


async def tables(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that the database holds, but what is the visitor's own."""
    async with house.stage.database.reading() as reading:
        cursor = await reading.connection.execute(
            "select name from sqlite_master where type = 'table' order by name"
        )
        names = [name for (name,) in await cursor.fetchall()]
        found = {}
        for name in names:
            if name in OWN_TABLES or name.startswith("sqlite_"):
                continue
            rows = await reading.connection.execute(f"select * from {name}")
            found[name] = sorted(repr(tuple(row)) for row in await rows.fetchall())
    return found  # type: ignore[return-value]


async def refusals(house: House) -> int:
    """Return how many refusals the audit has."""
    return sum(one.action.endswith(".refused") for one in await house.audit())


async def asked(
    visitor: Visitor, method: str, address: str, fields: dict[str, Any] | None
) -> httpx.Response:
    """Open an address, or send it a form."""
    if method == "GET":
        return await visitor.get(f"{address}?{httpx.QueryParams(QUERY)}")
    given = fields or {}
    plain = {name: value for name, value in given.items() if isinstance(value, str)}
    files = {name: value for name, value in given.items() if not isinstance(value, str)}
    return await visitor.post(address, plain, **files)


def filled(fields: dict[str, Any] | None, plant: Planted) -> dict[str, Any] | None:
    """Return the fields of a form, planted ids where they are left open."""
    if fields is None:
        return None
    return {name: value or plant.fields.get(name, "") for name, value in fields.items()}


async def test_every_route_is_tried(house: House) -> None:
    assert {*routes(house)} == {*ASKED}


@pytest.mark.parametrize(("role", "scope_id"), STRANGERS)
async def test_nobody_reads_or_changes_anything_of_another_place(
    house: House, role: Any, scope_id: str
) -> None:
    plant = await planted(house)
    stranger = await house.add_staff(role, scope_id)
    before = await tables(house)
    faults: list[str] = []
    async with visiting(house, await house.session(stranger)) as visitor:
        await visitor.get("/console")
        for (method, route), fields in ASKED.items():
            if role == "operator" and route.startswith(_ACCOUNTS):
                continue
            known = await refusals(house)
            answer = await asked(visitor, method, plant.address(route), filled(fields, plant))
            status, said = answer.status_code, answer.text + str(answer.headers)
            if any(one in said for one in plant.secrets):
                faults.append(f"{method} {route} tells somebody's values")
            if status >= 500 or (status < 300 and "{" in route and "{rest" not in route):
                faults.append(f"{method} {route}: {status}")
            is_noted = await refusals(house) > known
            if status in (403, 404) and route not in NOT_NOTED and not is_noted:
                faults.append(f"{method} {route}: {status} is not in the audit")
    now = await tables(house)
    faults += [f"{name} was changed" for name in now if now[name] != before[name]]
    assert not faults


@pytest.mark.parametrize("role", ["station", "county", "city", "province"])
async def test_a_link_opens_masked_lists_and_nothing_else(house: House, role: str) -> None:
    plant = await planted(house)
    before = await tables(house)
    opened = set()
    async with visiting(house, await house.session(house.staff_ids[role], "link")) as visitor:
        for (method, route), fields in ASKED.items():
            if route in (f"{C}/sign-in", f"{C}/enter", f"{C}/set-up", f"{C}/sign-out"):
                continue
            answer = await asked(visitor, method, plant.address(route), filled(fields, plant))
            if not answer.headers.get("location", "").startswith(f"{C}/sign-in"):
                opened.add((method, route))
            assert not [one for one in plant.secrets if one in answer.text], route
    assert opened == {
        *(("GET", C), ("GET", f"{C}/worklist"), ("POST", f"{C}/worklist")),
        *(("GET", f"{C}/worklist/{{case}}"), ("GET", f"{C}/{{rest:path}}")),
    }
    assert await tables(house) == before


@pytest.mark.parametrize("role", [*SCOPES])
async def test_what_is_only_opened_shows_nobody_whole(house: House, role: str) -> None:
    plant = await planted(house)
    async with visiting(house, await house.session(house.staff_ids[role])) as visitor:
        for method, route in ASKED:
            if method == "GET":
                answer = await asked(visitor, method, plant.address(route), None)
                assert answer.status_code < 500, route
                assert answer.headers["cache-control"] == "no-store", route
                assert answer.headers["x-frame-options"] == "DENY", route
                assert "unsafe" not in answer.headers["content-security-policy"], route
                assert not [one for one in plant.secrets if one in answer.text], route
                where = answer.headers.get("location", "") + answer.headers.get(
                    "content-disposition", ""
                )
                assert not re.search(r"\d{17}|1\d{10}(?!\d)", where), route


JUNK: Final = (
    *("", "x", "-1", "9" * 25, "9" * 5000, "１２²", "\x00", "2026-13-45", "0000", "9999-12-31"),
    *("999999999999999999-x", "a" * 3000),
)
# What decides early whether anything is shown is tried by itself.
FIRST: Final = ("f", "place", "county", "at")
NAMES: Final = (
    *("page", "after", "before", "stage", "cycle", "month", "measure", "name", "rows", "columns"),
    *("depth", "keep_sex", "shared", "trade", "kind", "counted", "fill", "version", "against"),
    *("verdict", "reason", "told", "next", "days", "first", "last", "from", "until", "actor"),
    *("action", "about", "look"),
)


async def test_junk_in_an_address_is_never_our_fault(house: House) -> None:
    plant = await planted(house)
    faults = []
    async with visiting(house, await house.session(house.staff_ids["county"])) as visitor:
        for method, route in ASKED:
            if method != "GET" or route.endswith((".pdf", ".png")):
                continue
            address = plant.address(route)
            for junk in JUNK:
                tried = [f"{address}?{query}" for query in _queries(junk)]
                if "{" in route:
                    tried += [re.sub(r"\{[^}]+\}", _quoted(junk), route)]
                for path in tried:
                    status = (await visitor.get(path)).status_code
                    if status >= 500:
                        faults.append(f"{status} {path[:120]}")
    assert not faults


def _queries(junk: str) -> Iterator[httpx.QueryParams]:
    is_long = len(junk) > 1_000
    yield httpx.QueryParams(dict.fromkeys(NAMES[:1] if is_long else NAMES, junk))
    for name in (*FIRST, *(("after", "cycle", "before") if is_long else ())):
        if is_long or junk in ("x", "\x00"):
            yield httpx.QueryParams({name: junk, "verdict": "refused"})


def _quoted(junk: str) -> str:
    return "".join(f"%{byte:02X}" for byte in junk.encode()) or "%20"


async def test_junk_in_a_form_is_never_our_fault(house: House) -> None:
    plant = await planted(house)
    faults = []
    async with visiting(house, await house.session(house.staff_ids["county"])) as visitor:
        await visitor.get("/console")
        for (method, route), fields in ASKED.items():
            if method != "POST" or route in (f"{C}/sign-out", f"{C}/account/sessions"):
                continue
            for junk in JUNK:
                for given in _forms(fields or {}, junk):
                    answer = await visitor.post(plant.address(route), given)
                    if answer.status_code >= 500:
                        names = sorted(name for name, value in given.items() if value == junk)
                        faults.append(f"{answer.status_code} {route} {junk[:30]!r} {names}")
    assert not faults


# What the forms name beside what is tried at each address.
MORE: Final = (
    *("after", "part", "line", "sheet", "column-name", "fixed-township", "reason-1", "word-x"),
    *("cycle", "month", "day", "from", "until", "weekday", "hour", "page", "days", "first"),
    *("last", "heading", "first_row", "version", "against", "batch", "township", "renew"),
    *("age_from", "age_to", "village", "ending", "title", "trade", "at", "A.max", "A.holds"),
)


def _forms(fields: dict[str, Any], junk: str) -> Iterator[dict[str, Any]]:
    """Yield a form of junk only, and the proper one with junk in one field or beside them."""
    plain = {name: value for name, value in fields.items() if isinstance(value, str)}
    yield dict.fromkeys((*plain, *MORE), junk)
    yield {**dict.fromkeys(MORE, junk), **plain}
    for name in plain:
        yield {**plain, name: junk}


@pytest.mark.postgres
async def test_what_postgresql_keeps_in_no_text_is_never_our_fault(
    tmp_path: Path, postgres_url: str
) -> None:
    faults = []
    async with opened_house(tmp_path, postgres_url) as house:
        plant = await planted(house)
        async with visiting(house, await house.session(house.staff_ids["county"])) as visitor:
            await visitor.get("/console")
            for (method, route), fields in ASKED.items():
                if "bulletin." in route or route in (f"{C}/sign-out", f"{C}/account/sessions"):
                    continue
                bare, bad = plant.address(route), re.sub(r"\{[^}]+\}", "%00", route)
                tried = [f"{bare}?{query}" for query in _queries("\x00")]
                for path in (*tried, bad) if method == "GET" else ():
                    if (await visitor.get(path)).status_code >= 500:
                        faults.append(path[:120])
                for given in _forms(fields or {}, "a\x00") if method == "POST" else ():
                    if (await visitor.post(bare, given)).status_code >= 500:
                        names = sorted(name for name, value in given.items() if value == "a\x00")
                        faults.append(f"{route} {names}")
    assert not faults
