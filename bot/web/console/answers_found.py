"""One result file as its page shows it, whatever state it is in."""

import json
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from bot.platform import deciding
from bot.platform.looking import taken_batches
from bot.platform.taking import counts_of, may_be_asked
from bot.platform.work import load_words
from bot.render.tables import told_fault, told_note
from bot.web.console.frame import Console, Seat
from conversations.platform.mapping import AnswerMapping
from storage import answers
from storage.answers import Import
from storage.scope import Scope
from storage.tables.faults import TOLD, TableFault
from storage.tables.rows import Note
from storage.transaction import Reading

HOME: Final = "/console/answers"
_GOING: Final = frozenset(("looking", "reading", "taking"))


def counties(console: Console, seat: Seat) -> Scope:
    """Return the counties whose answers somebody brings in."""
    return deciding.counties_of(console.world, seat.staff)


async def found(console: Console, seat: Seat, request: Request) -> Import | None:
    """Return the file of an address, if it is of a county of this account."""
    async with console.database.reading() as reading:
        one = await answers.get(reading, request.path_params["import_id"])
    is_theirs = one is not None and one.scope_id in counties(console, seat)
    return one if is_theirs and one is not None and one.state != "dropped" else None


async def shown(console: Console, seat: Seat, request: Request) -> Response:
    """Show a file."""
    one = await found(console, seat, request)
    return console.refusal(seat, 404) if one is None else await page_of(console, seat, one)


async def page_of(
    console: Console,
    seat: Seat,
    one: Import,
    wrong: str = "",
    mapping: AnswerMapping | None = None,
) -> Response:
    """Return the page of a file.

    Args:
        wrong: key of what is the matter with what was posted, and `mapping` what that was.
    """
    async with console.database.reading() as reading:
        values = await _values(console, reading, one)
    if mapping is not None:
        values["mapping"] = mapping
    template = "answers_part.html" if seat.is_part else "answers_one.html"
    return console.page(seat, template, one=one, going=one.state in _GOING, wrong=wrong, **values)


async def _values(console: Console, reading: Reading, one: Import) -> dict[str, Any]:
    texts = console.world.texts
    head = json.loads(one.head) if one.head else {}
    mapping = AnswerMapping.model_validate_json(one.mapping) if one.mapping else AnswerMapping()
    words = load_words()
    given = [
        (word, mapping.words.get(word) or words.verdict_of(word) or "")
        for word in head.get("words", [])
    ]
    notes = [
        Note(note["key"], note["count"], tuple(note["where"])) for note in head.get("notes", [])
    ]
    return {
        "head": head,
        "mapping": mapping,
        "columns": [
            (str(at), title or f"({at + 1})") for at, title in enumerate(head.get("titles", []))
        ],
        "given": given,
        "notes": [told_note(texts, note) for note in notes],
        "fault": _fault(console, one),
        "batches": await taken_batches(reading, one.scope_id),
        "reasons": await answers.reasons(reading, one.id),
        "unmatched": await answers.unmatched(reading, one.id),
        "came": counts_of(await answers.came(reading, one.id)),
        "hindrance": deciding.hindrance(one) if one.state == "checked" else "",
        "waits": one.state == "taking" and not may_be_asked(console.world),
    }


def _fault(console: Console, one: Import) -> str:
    """Return what a failed file is told with."""
    if one.state != "failed":
        return ""
    key = one.fault.removeprefix("table.")
    if one.fault.startswith("table.") and key in TOLD:
        return told_fault(console.world.texts, TableFault(key))
    return console.world.texts(f"console.answers.fault.{one.fault}")
