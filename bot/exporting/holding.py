"""Who was held back from a batch: listed with who must do what, and turned into one question."""

from dataclasses import dataclass
from typing import Final

from bot.desk import Office
from bot.staff.access import is_granted
from bot.staff.asking_back import Returning, Way, ask_back
from bot.world import World
from conversations.cases import masked_name
from conversations.dialogue.shown import masked
from conversations.record import by_role
from conversations.scope import Action
from conversations.xform import Form
from storage import manifests
from storage.export.reasons import REASONS, WHO, WORDS
from storage.manifests import HeldReport
from storage.scope import Scope
from storage.staff import Staff
from storage.transaction import Reading

PAGE: Final = 50
# What only the county can settle leads to no question to anybody.
_ASKED: Final = frozenset(("worker", "station"))
_OPEN: Final = frozenset(("submitted", "verified", "rejected"))


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One of the list, masked: each reason with who must do something, and in words.

    Args of the constructor:
        can_ask: a question or a case can still be made of it.
        is_asked: it was returned already.
    """

    person_id: str
    name: str
    number: str
    place_id: str
    reasons: tuple[tuple[str, str], ...]
    can_ask: bool
    is_asked: bool


async def lines(
    reading: Reading,
    world: World,
    batch_id: str,
    scope: Scope,
    *,
    reason: str = "",
    after: str = "",
) -> list[HeldLine]:
    """Return a page of the people of a scope who were held back."""
    found = await manifests.held(reading, batch_id, scope, reason=reason, after=after, most=PAGE)
    return [await _line(reading, world, one) for one in found]


async def turn_into_question(
    office: Office, who: Staff, batch_id: str, person_id: str
) -> Way | None:
    """Return the report with one question to the person, or a case; None: not theirs."""
    held = await manifests.held_one(office.tx, batch_id, person_id)
    if held is None or not _can_ask(held):
        return Way.NOT_THERE
    about = f"person:{person_id}"
    if not await is_granted(office, who, Action.RETURN, held.row.place_id, about):
        return None
    reason = next(one for one in held.row.reasons if WHO[one] in _ASKED)
    wanted = Returning(
        person_id=person_id,
        report_id=held.row.report_id,
        place_id=held.row.place_id,
        roles=held.row.roles,
        words=office.world.texts(f"console.exports.ask.{reason}"),
        by=who.id,
        to_person=WHO[reason] == "worker",
    )
    return await ask_back(office, wanted, held.key)


def _can_ask(held: HeldReport) -> bool:
    return held.state in _OPEN and any(WHO[reason] in _ASKED for reason in held.row.reasons)


async def _line(reading: Reading, world: World, held: HeldReport) -> HeldLine:
    form = await world.shelf.get(reading, held.form_hash)
    record = by_role(form, held.answers)
    return HeldLine(
        person_id=held.row.person_id,
        name=masked_name(record.get("name", "")),
        number=masked(record.get("id_number", ""), "id"),
        place_id=held.row.place_id,
        reasons=tuple((WHO[key], _reason(form, held, key)) for key in held.row.reasons),
        can_ask=_can_ask(held),
        is_asked=held.state == "returned",
    )


def _reason(form: Form, held: HeldReport, key: str) -> str:
    """Return a reason in words, with what the official sheet calls the answers concerned."""
    hints = (form.hints.get(form.roles.get(role, ""), {}) for role in held.row.roles)
    titles = [hint["official"] for hint in hints if "official" in hint]
    return REASONS[key].format(titles=WORDS["and"].join(titles), row="")
