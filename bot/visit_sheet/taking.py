"""Takes a sheet in: each line is a report or is refused with the reason; never half a line.

A line of somebody whose report of this year is there already changes nothing, so the same sheet
may come in twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.places import Place
from bot.render.visit import faults_in_words, outcome_in_words
from bot.submitting import projection_of, stamps
from bot.visit_sheet.starting import start_of, titles_of
from bot.world import World
from conversations.origins import Origin
from conversations.record import by_role
from conversations.reminders import next_update_on, slot
from conversations.visit_row import Filled, columns_of, take_row
from conversations.xform import Form
from storage import audits, visits
from storage.database import Database
from storage.people import Due
from storage.submissions import Submission
from storage.visit_sheet.reading import Rows
from storage.visits import ToVisit

Outcome = Literal["taken", "already", "unknown", "twice", "number", "faults"]
# Before the questions stand code, name, number and village.
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a line of the sheet."""

    row: int
    code: str
    outcome: Outcome
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taking:
    """One sheet on its way in."""

    database: Database
    world: World
    station: Place
    actor: str
    now: datetime

    @property
    def form(self) -> Form:
        """Return the form of today."""
        return self.world.shelf.current

    @property
    def local(self) -> datetime:
        """Return the moment as the station has it."""
        return self.now.astimezone(self.world.zone)


def fits(taking: Taking, rows: Rows) -> bool:
    """Tell whether the headings are those of today's form, in their order."""
    titles = titles_of(taking.form, taking.local)
    heading = rows.get(1, {})
    return all(
        heading.get(at) == titles[path] for at, path in enumerate(columns_of(taking.form), _NAMED)
    )


async def take_in(taking: Taking, rows: Rows) -> list[Result]:
    """Take every line that has a code, each in a transaction of its own."""
    local = taking.local
    async with taking.database.reading() as reading:
        found = await visits.to_visit(reading, taking.station.id, local.date(), local.year)
        missing = {visits.row_code(reading, one.person_id): one for one in found}
        there = await visits.in_cycle(reading, taking.station.id, local.year)
        done = {visits.row_code(reading, person_id) for person_id in there}
    codes = [cells.get(0, "") for cells in rows.values()]
    results = []
    for row, cells in sorted(rows.items()):
        code = cells.get(0, "")
        if row == 1 or not code:
            continue
        if codes.count(code) > 1:
            results.append(_result(taking, row, code, "twice"))
        elif code in done:
            results.append(_result(taking, row, code, "already"))
        elif code not in missing:
            results.append(_result(taking, row, code, "unknown"))
        elif any(at >= _NAMED for at in cells):
            results.append(await _take(taking, row, missing[code], cells))
    return results


def _result(taking: Taking, row: int, code: str, outcome: Outcome, reason: str = "") -> Result:
    said, own = outcome_in_words(taking.world.texts, outcome)
    return Result(row, code, outcome, said, reason or own)


async def _take(taking: Taking, row: int, one: ToVisit, cells: Mapping[int, str]) -> Result:
    form, code = taking.form, cells[0]
    paths = columns_of(form)
    written = {path: cells.get(at, "") for at, path in enumerate(paths, _NAMED)}
    start = start_of(form, one, taking.local.date())
    filled = take_row(form, start.interview, written, taking.world.setting(taking.now))
    if not isinstance(filled, Filled):
        titles = titles_of(form, taking.local)
        reason = faults_in_words(taking.world.texts, filled, titles)
        return _result(taking, row, code, "faults", reason)
    is_kept = await _keep(taking, one, filled, written)
    return _result(taking, row, code, "taken" if is_kept else "number")


async def _keep(taking: Taking, one: ToVisit, filled: Filled, written: Mapping[str, str]) -> bool:
    """Keep the report of a line; False when it cannot be kept any more."""
    form, today = taking.form, taking.local.date()
    answers = dict(filled.answers)
    stamped = {
        role: value
        for role, value in stamps(taking.world, taking.now, by_role(form, answers)).items()
        if role in form.roles
    }
    answers |= {form.roles[role]: value for role, value in stamped.items()}
    values = by_role(form, answers)
    relation = values.get("informant_relation", "")
    given = Origin("given", relation, today).text()
    update_on = next_update_on(today)
    submission = Submission(
        answers=answers,
        id_number=values["id_number"],
        informant_relation=relation,
        collection_method=values.get("collection_method", ""),
        projection=projection_of(values, today),
        due=Due(update_on, slot(one.person_id, taking.world.hours)),
        origins={path: given for path, text in written.items() if text and path in answers},
        phone=values.get("phone", ""),
    )
    async with taking.database.transaction() as tx:
        report = await visits.submit_for(
            tx,
            one,
            submission,
            form_hash=taking.world.shelf.hash,
            consent_version=values.get("consent_version", ""),
            entered_by=taking.actor,
            now=taking.now,
        )
        if report is not None:
            scope = f"person:{one.person_id}"
            await audits.write(
                tx, actor=taking.actor, action="visit.take_in", scope=scope, now=taking.now
            )
    return report is not None
