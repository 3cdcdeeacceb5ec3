"""What a clerk says of a result file: its columns, who mends what, and that it is taken."""

from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import Response

from bot.desk import Office
from bot.figures import figure
from bot.platform import deciding
from bot.staff.access import is_granted
from bot.web.console.answers_found import HOME, found, page_of
from bot.web.console.forms import Form
from bot.web.console.frame import Console, Seat
from conversations.platform.mapping import AnswerMapping, How
from conversations.platform.words import COLUMNS, Verdict
from conversations.scope import Action
from storage import answers
from storage.answers import Import

_REASON: Final = "reason-"
_WORD: Final = "word-"


async def take_mapping(console: Console, seat: Seat, request: Request) -> Response:
    """Keep what the columns mean, and have the file read."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None:
        return console.refusal(seat, 404)
    mapping = _mapping(form, one)
    if mapping is None:
        return console.refusal(seat, 400)
    if mapping.fault:
        wrong = f"console.answers.wrong.{mapping.fault}"
        return await page_of(console, seat, one, wrong, mapping)
    async with console.database.transaction() as tx:
        if not await _may(console.office(tx), seat, one, "mapping"):
            return console.refusal(seat, 403)
        told = await deciding.keep_mapping(
            tx, one, mapping, f"staff:{seat.staff.id}", console.clock()
        )
    return console.to(f"{HOME}/{one.id}", told="console.answers.told.late" if told else "")


async def take(console: Console, seat: Seat, request: Request) -> Response:
    """Keep who mends what, and have the file taken."""
    form = await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None:
        return console.refusal(seat, 404)
    choices = {
        figure(name.removeprefix(_REASON), -1): form[name]
        for name in form.values
        if name.startswith(_REASON)
    }
    async with console.database.transaction() as tx:
        office = console.office(tx)
        if not await _may(office, seat, one, "take"):
            return console.refusal(seat, 403)
        await deciding.choose(tx, one, choices)
        told = await deciding.take(tx, one, f"staff:{seat.staff.id}", console.clock())
    if told == "unmatched":
        return await page_of(console, seat, one, "console.answers.wrong.unmatched")
    key = "console.answers.told.late" if told else "console.answers.told.taking"
    return console.to(f"{HOME}/{one.id}", told=key)


async def drop(console: Console, seat: Seat, request: Request) -> Response:
    """Throw a file away that was not taken."""
    await console.form(seat, request)
    one = await found(console, seat, request)
    if one is None:
        return console.refusal(seat, 404)
    went = False
    if one.state in ("looking", "mapping", "reading", "checked", "failed"):
        async with console.database.transaction() as tx:
            if not await _may(console.office(tx), seat, one, "drop"):
                return console.refusal(seat, 403)
            went = await answers.become(tx, one, "dropped", console.clock())
    told = "console.answers.told.dropped" if went else "console.answers.told.late"
    return console.to(HOME, told=told)


async def _may(office: Office, seat: Seat, one: Import, what: str) -> bool:
    """Decide about a step of a file; the audit keeps which step of which file."""
    about, why = f"place:{one.scope_id}", f"answers {one.id} {what}"
    return await is_granted(office, seat.staff, Action.EXPORT, one.scope_id, about, reason=why)


def _mapping(form: Form, one: Import) -> AnswerMapping | None:
    """Return what was posted; None for what no form of ours sends."""
    before = AnswerMapping.model_validate_json(one.mapping) if one.mapping else AnswerMapping()
    columns: dict[str, int | None] = {name: _column(form[name]) for name in COLUMNS}
    how: How | None = next((one for one in get_args(How) if one == form["how"]), None)
    if how is None:
        return None
    words = dict(before.words)
    for name in form.values:
        verdict: Verdict | None = next(
            (one for one in get_args(Verdict) if one == form[name]), None
        )
        if name.startswith(_WORD) and verdict is not None:
            words[name.removeprefix(_WORD)] = verdict
    part = figure(form["part"], before.part)
    return before.model_copy(
        update={
            **columns,
            "how": how,
            "words": words,
            "batch_id": form["batch"],
            "part": min(part, 1_000),
        }
    )


def _column(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 4 else None
