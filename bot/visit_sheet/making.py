"""Makes the sheet of a station or one of its villages: who is missing, and what is known."""

from dataclasses import dataclass
from datetime import datetime

from bot.places import Place
from bot.render.visit import named_columns, sheet_titles
from bot.visit_sheet.starting import Start, hints_of, lists_of, start_of, titles_of
from bot.world import World
from conversations.dialogue.shown import masked
from conversations.visit_row import columns_of
from storage import audits, visits
from storage.database import Database
from storage.transaction import Transaction
from storage.visit_sheet.writing import MOST_PEOPLE, Line, Sheet
from storage.visits import ToVisit


@dataclass(frozen=True, slots=True)
class Made:
    """The sheet, how many people are on it, and how many more are missing."""

    sheet: Sheet
    people: int
    left_over: int


async def sheet_for(
    database: Database, world: World, station: Place, village: str, *, actor: str, now: datetime
) -> Made:
    """Return who is missing at a station; the audit has a line for each who is on the sheet.

    Args:
        village: only people of this village, "" for all.
    """
    form, local = world.shelf.current, now.astimezone(world.zone)
    async with database.transaction() as tx:
        found = await visits.to_visit(tx, station.id, local.date(), local.year)
        starts = [(one, start_of(form, one, local.date())) for one in found]
        wanted = sorted(
            (pair for pair in starts if village in ("", pair[1].values.get("village", ""))),
            key=lambda pair: (pair[1].values.get("village", ""), pair[0].person_id),
        )
        lines: list[Line] = []
        for one, start in wanted[:MOST_PEOPLE]:
            scope = f"person:{one.person_id}"
            await audits.write(tx, actor=actor, action="visit.sheet", scope=scope, now=now)
            lines += _lines(tx, world, one, start, now)
    titles, lists = titles_of(form, local), lists_of(form, local)
    named, paths = named_columns(world.texts), columns_of(form)
    sheet = Sheet(
        sheet_titles(world.texts),
        (*named, *(titles[path] for path in paths)),
        lines,
        {len(named) + paths.index(path): choices for path, choices in lists.items()},
    )
    people = min(len(wanted), MOST_PEOPLE)
    return Made(sheet, people, len(wanted) - people)


def _lines(
    tx: Transaction, world: World, one: ToVisit, start: Start, now: datetime
) -> tuple[Line, Line]:
    """Return a person's two lines: what is known in grey, and the one that is filled in."""
    values = start.values
    named = (
        visits.row_code(tx, one.person_id),
        values.get("name", ""),
        masked(values.get("id_number", ""), "id"),
        values.get("village", ""),
    )
    hints = hints_of(world.shelf.current, start, world, now)
    empty = Line(named + ("",) * len(hints))
    return Line(("",) * len(named) + hints, is_grey=True), empty
