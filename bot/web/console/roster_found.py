"""One file of people on the console: whether somebody finds it, and the page of its state."""

import json
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from bot.rosters.counter import sees
from bot.rosters.rules import load_words
from bot.rosters.telling import failed, sentence
from bot.web.console.frame import Console, Seat
from bot.web.console.roster_noted import notes_of
from conversations.roster.mapping import ColumnMapping
from conversations.roster.numbers import Fault
from conversations.roster.titles import SURE
from conversations.roster.words import NEEDED
from storage import roster_imports, roster_rows
from storage.roster_imports import Import

HOME: Final = "/console/roster"
_SOME: Final = "…"
_WORKING: Final = frozenset(("looking", "reading", "taking", "undoing"))
_VERDICTS: Final = ("new", "differs", "same", "reported", "refused")


async def found(console: Console, seat: Seat, request: Request) -> Import | None:
    """Return the file of the address, if it is on this account's list."""
    async with console.database.reading() as reading:
        one = await roster_imports.get(reading, request.path_params["import_id"])
    if one is None or not sees(console.world.places, seat.staff, one):
        return None
    return one


def gone(console: Console, seat: Seat) -> Response:
    """Return the page about a file that is not there, or not for this account."""
    return console.refusal(seat, 404)


async def shown_by_state(
    console: Console, seat: Seat, one: Import, *, wrong: str = "", roles: tuple[str, ...] = ()
) -> Response:
    """Return the page of a file: progress, mapping, result.

    Args:
        wrong: key of what is the matter with what was posted; `roles` what it is about.
    """
    status = 400 if wrong else 200
    said = _wrong(console, wrong, roles)
    if one.state in _WORKING:
        template = "roster_progress.html" if seat.is_part else "roster_working.html"
        return console.page(seat, template, one=one, going=True)
    if seat.is_part:
        # The work is done: the page shows by itself what comes next.
        page = console.page(seat, "roster_progress.html", one=one, going=False)
        # Without the query: what was said when the work began is over.
        page.headers["HX-Redirect"] = f"{HOME}/{one.id}"
        return page
    if one.state == "failed":
        what, cure = failed(console.world.texts, one)
        return console.page(seat, "roster_failed.html", one=one, what=what, cure=cure)
    if one.state == "mapping":
        values = _mapping_values(console, one)
        return console.page(
            seat, "roster_mapping.html", status=status, one=one, wrong=said, **values
        )
    values = await _result_values(console, one)
    return console.page(seat, "roster_result.html", status=status, one=one, wrong=said, **values)


def _wrong(console: Console, wrong: str, roles: tuple[str, ...]) -> str:
    texts = console.world.texts
    names = "、".join(texts(f"console.roster.role.{role}") for role in roles)
    return texts(wrong, roles=names) if wrong else ""


def _mapping_values(console: Console, one: Import) -> dict[str, Any]:
    """Return what the page of the columns shows."""
    head: dict[str, Any] = json.loads(one.head)
    mapping = ColumnMapping.model_validate_json(one.mapping)
    titles = head["titles"]
    columns = [(str(at), f"{at + 1}. {title}") for at, title in enumerate(titles)]
    rows = [
        {
            "role": role,
            "needed": role in NEEDED,
            "column": str(mapping.columns.get(role, "")),
            "samples": _samples(head, mapping.columns.get(role)),
            "sure": head["scores"].get(role, 0) >= SURE or head["remembered"],
        }
        for role in load_words().titles
    ]
    townships = sorted(_townships(console, one.scope_id))
    return {
        "mapping": mapping,
        "head": head,
        "rows": rows,
        "columns": columns,
        "townships": townships,
        "notes": notes_of(console.world.texts, head["notes"]),
    }


def _samples(head: dict[str, Any], column: int | None) -> list[str]:
    if column is None:
        return []
    return [row[column] for row in head["samples"] if column < len(row) and row[column]]


def _townships(console: Console, scope_id: str) -> list[tuple[str, str]]:
    places = console.world.places
    return [
        (one.id, one.name)
        for one in places.by_id.values()
        if one.level == "township" and scope_id in (one.id, *(up.id for up in places.above(one)))
    ]


async def _result_values(console: Console, one: Import) -> dict[str, Any]:
    """Return what the page of the result shows: counts, and what can be done now."""
    async with console.database.reading() as reading:
        counts = await roster_rows.counts(reading, one.id)
        faults = await roster_rows.fault_counts(reading, one.id)
        notes = await roster_rows.note_counts(reading, one.id)
        townships = await reading.all("roster_imports.townships", import_id=one.id)
        to_take = await roster_rows.count_to_take(reading, one.id, one.rule)
    by_verdict = {
        name: sum(n for (verdict, _), n in counts.items() if verdict == name) for name in _VERDICTS
    }
    states = {
        name: sum(n for (_, state), n in counts.items() if state == name)
        for name in ("undone", "stayed")
    }
    return {
        "verdicts": by_verdict,
        "states": states,
        "faults": [(_in_general(console, "fault", key), rows) for key, rows in faults],
        "notes": [(_in_general(console, "note", key), rows) for key, rows in notes],
        "to_take": to_take,
        "townships": [(row["township_id"], row["people"]) for row in townships],
    }


def _in_general(console: Console, kind: str, key: str) -> str:
    """Return what many rows have in common, without the lines and names of each."""
    some = dict.fromkeys(("line", "count", "near"), _SOME)
    return sentence(console.world.texts, kind, Fault(key, _SOME, some), {})
