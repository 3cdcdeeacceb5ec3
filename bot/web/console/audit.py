"""The audit: who did what, when and why; as a page, and as a CSV of some days."""

import csv
import io
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.staff.auditing import (
    LONGEST,
    PAGE,
    Line,
    account_tagged,
    all_lines,
    days_between,
    may_read,
    named,
    within_scope,
)
from bot.staff.revealing import is_reason
from bot.web.console.audit_words import action_in_words, actions_in, in_words, why_in_words
from bot.web.console.frame import Console, Seat
from conversations.scope import Action
from storage import audits
from storage.audits import Wanted
from storage.times import from_micros, to_micros
from storage.transaction import Transaction

AUDIT: Final = "/console/audit"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_FILTER: Final = 80
# Until the year 2286.
_MICROS: Final = 16
NOBODY: Final = "staff:"


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody asks for, as the address carries it."""

    first: date
    last: date
    actor: str = ""
    action: str = ""
    about: str = ""

    def query(self) -> dict[str, str]:
        """Return it as an address carries it."""
        return {
            "from": self.first.isoformat(),
            "until": self.last.isoformat(),
            "actor": self.actor,
            "action": self.action,
            "about": self.about,
        }


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of the audit."""
    return [
        Route(AUDIT, console.seated(show, may=Action.AUDIT)),
        Route(f"{AUDIT}/csv", console.seated(download, may=Action.AUDIT), methods=["POST"]),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show lines, the latest first."""
    wish, is_clear = _filter_of(request.query_params, console.world.today(console.clock()))
    before = request.query_params.get("before", "")
    return await _page(console, seat, wish, before=before, is_clear=is_clear)


async def download(console: Console, seat: Seat, request: Request) -> Response:
    """Return the lines of some days as a CSV, for a reason that is kept with it."""
    form = await console.form(seat, request)
    given = {name: form[name] for name in ("from", "until", "actor", "action", "about")}
    wish, is_clear = _filter_of(given, console.world.today(console.clock()))
    reason = form["reason"]
    if not is_clear or not is_reason(reason):
        wrong = not is_reason(reason)
        return await _page(console, seat, wish, is_clear=is_clear, wrong=wrong)
    why = f"CSV {wish.first}..{wish.last}: {reason}"
    async with console.database.transaction() as tx:
        if not await may_read(console.office(tx), seat.staff, why):
            return console.refusal(seat, 403)
        wanted = await _wanted(console, seat, tx, wish)
    name = f"audit-{wish.first}-{wish.last}.csv"
    return StreamingResponse(
        _rows(console, wanted),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _filter_of(given: Mapping[str, str], today: date) -> tuple[Filter, bool]:
    """Return the filter, and whether its days were clear; today stands for unclear ones."""
    words = [given.get(name, "")[:_LONGEST_FILTER] for name in ("actor", "action", "about")]
    try:
        first = date.fromisoformat(given.get("from") or today.isoformat())
        last = date.fromisoformat(given.get("until") or first.isoformat())
    except ValueError:
        return Filter(today, today, *words), False
    if not first <= last <= today + timedelta(days=1) or last - first > LONGEST:
        return Filter(today, today, *words), False
    return Filter(first, last, *words), True


async def _wanted(console: Console, seat: Seat, tx: Transaction, wish: Filter) -> Wanted:
    since, until = days_between(console.world, wish.first, wish.last)
    actor, about = wish.actor, wish.about
    if actor and ":" not in actor and actor != "system":
        # A tag that nobody has finds nothing, not everything.
        actor = await account_tagged(tx, actor) or NOBODY
    if about and ":" not in about:
        about = await account_tagged(tx, about) or NOBODY
    wanted = Wanted(since, until, actor, wish.action, about)
    return within_scope(console.world.places, seat.staff, wanted)


async def _page(
    console: Console,
    seat: Seat,
    wish: Filter,
    *,
    is_clear: bool,
    before: str = "",
    wrong: bool = False,
) -> Response:
    async with console.database.transaction() as tx:
        if not await may_read(console.office(tx), seat.staff):
            return console.refusal(seat, 403)
        wanted = await _wanted(console, seat, tx, wish)
        found = await audits.page(tx, wanted, PAGE + 1, _cursor(before))
        lines = await named(tx, found[:PAGE])
    after = ""
    if len(found) > PAGE:
        last = found[PAGE - 1]
        cursor = f"{to_micros(last.at)}-{last.id}"
        after = f"{AUDIT}?{urlencode({**wish.query(), 'before': cursor})}"
    texts = console.world.texts
    return console.page(
        seat,
        "audit.html",
        status=200 if is_clear and not wrong else 422,
        lines=lines,
        wish=wish,
        after=after,
        actions=actions_in(texts),
        action_words=lambda action: action_in_words(texts, action),
        actor_words=lambda text, name: in_words(console, text, name),
        why_words=lambda detail: why_in_words(texts, detail),
        is_clear=is_clear,
        wrong=wrong,
    )


def _cursor(given: str) -> tuple[datetime, str] | None:
    at, _, last = given.partition("-")
    if not at.isascii() or not at.isdecimal() or len(at) > _MICROS or not last:
        return None
    return from_micros(int(at)), last


async def _rows(console: Console, wanted: Wanted) -> AsyncIterator[bytes]:
    texts, zone = console.world.texts, console.world.zone
    heads = [texts(f"console.audit.{name}") for name in ("at", "actor", "action", "about", "why")]
    # Windows tells UTF-8 by its mark.
    yield "\ufeff".encode() + _csv(heads)
    async for line in all_lines(console.database, wanted):
        at = f"{line.entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        yield _csv([at, *_cells(console, line)])


def _cells(console: Console, line: Line) -> list[str]:
    one = line.entry
    return [
        in_words(console, one.actor, line.actor),
        action_in_words(console.world.texts, one.action),
        in_words(console, one.scope, line.about),
        why_in_words(console.world.texts, one.detail),
    ]


def _csv(cells: list[str]) -> bytes:
    """Return one row; what begins like a formula is made text for a spreadsheet."""
    safe = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    row = io.StringIO()
    csv.writer(row).writerow(safe)
    return row.getvalue().encode()
