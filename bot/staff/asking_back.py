"""A report that cannot go on as it is: one question to the person, or a case at the station.

Whoever found the fault, a rule before the export or the platform after it, the way back is this.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.desk import Office
from conversations.dialogue.review import review_of, title_of
from conversations.events import ReviewLine
from conversations.lobby.wishes import tag_of
from conversations.record import by_role
from conversations.xform import Form
from storage import cases, outbox, people, reports, reviews
from storage.outbox import Post
from storage.reports import Report
from storage.vault import DataKey


class Way(StrEnum):
    """What became of it; the value ends the key of what is told."""

    ASKED = "asked"
    CASE = "case"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class Returning:
    """What a report goes back for.

    Args of the constructor:
        roles: what it is about; the first of them that the form asks is opened again.
        words: the question, as the person reads it.
        by: id of the account.
        to_person: False where the station has to look first.
    """

    person_id: str
    report_id: str
    place_id: str
    roles: Sequence[str]
    words: str = field(repr=False)
    by: str
    to_person: bool = True


async def ask_back(office: Office, wanted: Returning, key: DataKey) -> Way:
    """Return the person's last report; NOT_THERE when it is another one, or went back before."""
    tx, now, person_id = office.tx, office.now, wanted.person_id
    await people.hold(tx, person_id)
    report = await reports.latest(tx, person_id, key)
    if report is None or report.id != wanted.report_id:
        return Way.NOT_THERE
    if not await reviews.give_back(tx, report.id, wanted.by, now):
        return Way.NOT_THERE
    form = await office.world.shelf.get(tx, report.form_hash)
    line = _line(office, form, report, wanted.roles)
    chat_id = await reviews.chat_to_ask(tx, person_id) if wanted.to_person else None
    await reviews.ask(
        tx,
        report,
        key,
        path="" if line is None else line.question.path,
        words=wanted.words,
        by=wanted.by,
        is_told=chat_id is not None,
        now=now,
    )
    if chat_id is None:
        place_id = wanted.place_id or None
        await cases.open(tx, kind=reviews.CASE, township_id=place_id, person_id=person_id, now=now)
        return Way.CASE
    title = "" if line is None else title_of(line.question)
    name = by_role(form, report.answers).get("name", "")
    post = Post("returned", words=wanted.words, about=tag_of(person_id), name=name, line=title)
    await outbox.put(tx, chat_id, person_id, post, now)
    return Way.ASKED


def _line(office: Office, form: Form, report: Report, roles: Sequence[str]) -> ReviewLine | None:
    """Return the answer that is asked about: of these roles the first that the form asks."""
    sections = review_of(form, report.answers, office.world.setting(office.now))
    lines = {line.question.path: line for section in sections for line in section.lines}
    for role in (*roles, "id_number", "name"):
        found = lines.get(form.roles.get(role, ""))
        if found is not None:
            return found
    return next(iter(lines.values()), None)
