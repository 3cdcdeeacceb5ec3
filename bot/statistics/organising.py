"""Who wants which training where, as a list for those who organise it; whole only for a reason.

The whole list is a protected file. Nothing of it waits anywhere: what was asked for, and the
password, are sealed into the page that shows it, and come back with the click that fetches it.
"""

import io
import json
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.definitions import load_definitions
from bot.desk import Office
from bot.faces import Face, face_in
from bot.staff.access import is_granted, scope_of
from bot.staff.naming import place_name
from bot.world import World
from conversations.cases import masked_name
from conversations.dialogue.shown import masked
from conversations.record import by_role
from conversations.scope import Action
from storage import audits, training
from storage.errors import SealError
from storage.export.protect import EncryptingStream, new_password
from storage.scope import Scope
from storage.staff import Staff
from storage.statistic_files import Cell, NumberSheet, workbook_of
from storage.training import Wanting, Wish
from storage.transaction import Reading

# More than a course has places for, and few enough for one sheet and one reason.
MOST: Final = 2_000
_LASTS: Final = timedelta(minutes=15)
_SEALED: Final = "training.order"
_COLUMNS: Final = (
    *("name", "sex", "age", "phone", "township", "village"),
    *("trades", "month", "place"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list, as it may be shown."""

    name: str
    phone: str
    sex: str
    age: str
    township: str
    village: str
    trades: str
    month: str
    place: str


@dataclass(frozen=True, slots=True)
class Order:
    """A whole list that was asked for; good for a quarter of an hour, for whoever asked."""

    staff_id: str
    place_id: str
    reason: str = field(repr=False)
    password: str = field(repr=False)
    wish: Wish
    until: datetime


def scope_for(world: World, who: Staff, place_id: str) -> Scope:
    """Return the people that an account may list, at a place or all of them for ""."""
    scope = scope_of(world.places, who, Action.TRAINING_LIST)
    return Scope((place_id,) if place_id in scope else () if place_id else scope.places)


async def listed(reading: Reading, world: World, found: list[Wanting]) -> list[Listed]:
    """Return lines of the list with names and numbers masked."""
    lines = []
    for one in found:
        face = await _face(reading, world, one)
        hidden = Face(masked_name(face.name), masked(face.phone, "phone"))
        lines.append(_line(world, one, hidden))
    return lines


def order(office: Office, who: Staff, place_id: str, wish: Wish, reason: str) -> tuple[str, str]:
    """Return what fetches the whole list, sealed, and the password that will open it."""
    password = new_password()
    until = office.now + _LASTS
    given = Order(who.id, place_id, reason, password, wish, until)
    text = json.dumps(asdict(given), default=datetime.isoformat)
    return office.tx.system.seal(_SEALED, text).hex(), password


def opened_order(office: Office, who: Staff, sealed: str) -> Order | None:
    """Return an order that is this account's and not too old."""
    try:
        given = json.loads(office.tx.system.open(_SEALED, bytes.fromhex(sealed)))
    except (ValueError, SealError):
        return None
    until = datetime.fromisoformat(given["until"])
    if given["staff_id"] != who.id or until < office.now:
        return None
    wish = Wish(**given["wish"])
    return Order(who.id, given["place_id"], given["reason"], given["password"], wish, until)


async def whole_file(office: Office, who: Staff, given: Order) -> bytes | None:
    """Return the protected file; the audit has a line for the list and one for each person.

    None where the account may not list these people.
    """
    about = f"place:{given.place_id or who.scope_id}"
    place_id = given.place_id or who.scope_id
    may = await is_granted(office, who, Action.TRAINING_LIST, place_id, about, reason=given.reason)
    if not may:
        return None
    scope = scope_for(office.world, who, given.place_id)
    found = await training.wanting(office.tx, scope, given.wish, 0, MOST)
    rows = []
    for one in found:
        await audits.write(
            office.tx,
            actor=f"staff:{who.id}",
            action=Action.TRAINING_LIST,
            scope=f"person:{one.person_id}",
            now=office.now,
        )
        face = await _face(office.tx, office.world, one)
        rows.append(_cells(_line(office.world, one, face)))
    texts = office.world.texts
    sheet = NumberSheet(
        texts("console.statistics.training.sheet"),
        texts("console.statistics.training.title", count=str(len(rows))),
        (texts("console.statistics.training.use"),),
        tuple(texts(f"console.statistics.training.column_{one}") for one in _COLUMNS),
        rows,
        "words",
        (5, 6),
    )
    return _protected(workbook_of([sheet]), given.password)


def _cells(line: Listed) -> list[Cell]:
    values = asdict(line)
    return [values[column] for column in _COLUMNS]


async def _face(reading: Reading, world: World, one: Wanting) -> Face:
    form = await world.shelf.get(reading, one.form_hash)
    return face_in(by_role(form, one.answers))


def _line(world: World, one: Wanting, face: Face) -> Listed:
    definitions = load_definitions()
    year = world.today(world.clock()).year
    return Listed(
        name=face.name,
        phone=face.phone,
        sex=definitions.label("sex", one.sex),
        age="" if one.birth_year is None else str(year - one.birth_year),
        township=place_name(world.places, one.place_id),
        village=face.village,
        trades="、".join(definitions.label("trade", code) for code in one.trades),
        month=definitions.label("month", one.month),
        place=definitions.label("training_place", one.place),
    )


def _protected(content: bytes, password: str) -> bytes:
    """Return the file encrypted; only ciphertext is ever on a disk."""
    stream = EncryptingStream(password, Path(tempfile.gettempdir()))
    try:
        stream.write(content)
        written = io.BytesIO()
        stream.finish(written)
        return written.getvalue()
    finally:
        stream.close()
