"""Talks of a chat with a station: asking (which station?) → waiting → open → over.

The rows say who talks since when; every word is a line, sealed with the key of the person whom the
talk is about or, while nobody is known, with the system's.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage import outbox
from storage.counters import next_number
from storage.errors import DatabaseRefused
from storage.ids import new_id
from storage.outbox import Post
from storage.owners import owner_key
from storage.times import from_micros, to_micros
from storage.transaction import Reading, Row, Transaction
from storage.vault import DataKey

State = Literal["asking", "waiting", "open", "over"]
Ending = Literal["worker", "staff", "silence", "nobody", "unreachable"]

WORDS: Final = "talk_line.words"


@dataclass(frozen=True, slots=True)
class Talk:
    """One talk; `place_id` is a township or, where that is not known, a county.

    `number` is what people call it by, `channel` that of the worker's chat.
    """

    id: str
    number: int
    state: State
    place_id: str | None
    chat_id: str
    channel: str
    person_id: str | None
    staff_id: str | None
    staff_chat_id: str | None
    case_id: str | None
    opened_at: datetime
    last_at: datetime
    ended_by: Ending | None

    @property
    def is_live(self) -> bool:
        """Tell whether it goes on."""
        return self.state != "over"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said."""

    by_staff: bool
    at: datetime
    words: str = field(repr=False)


async def begin(
    tx: Transaction,
    *,
    chat_id: str,
    was_in: str | None,
    channel: str,
    person_id: str | None,
    place_id: str | None,
    case_id: str | None = None,
    now: datetime,
) -> Talk:
    """Open a talk of a chat; it waits for staff, or asks for the place when that is unknown.

    Args:
        was_in: the talk that the chat was in when it was looked at.

    Raises:
        DatabaseRefused: another talk was opened for the chat in between.
    """
    row = await tx.the(
        "talks.begin",
        id=new_id(now),
        number=await next_number(tx, "talk"),
        state="asking" if place_id is None else "waiting",
        place_id=place_id,
        chat_id=chat_id,
        channel=channel,
        person_id=person_id,
        case_id=case_id,
        now=to_micros(now),
    )
    talk = _talk(row)
    entered = await tx.one("chats.enter_talk", id=chat_id, was_in=was_in or "", talk_id=talk.id)
    if entered is None:
        raise DatabaseRefused("talks.begin", "the chat is in another talk")
    return talk


async def get(reading: Reading, talk_id: str | None) -> Talk | None:
    """Return a talk by its id; None when it was erased."""
    row = await reading.one("talks.get", id=talk_id) if talk_id else None
    return None if row is None else _talk(row)


async def hold(tx: Transaction, talk_id: str) -> Talk | None:
    """Lock a talk until the transaction ends and return it; None when it is over."""
    row = await tx.one("talks.hold", id=talk_id)
    return None if row is None else _talk(row)


async def place(
    tx: Transaction, talk_id: str, place_id: str, case_id: str, now: datetime
) -> Talk | None:
    """Let a talk that asked for its place wait for the staff there; None when it is over."""
    row = await tx.one(
        "talks.place", id=talk_id, place_id=place_id, case_id=case_id, now=to_micros(now)
    )
    return None if row is None else _talk(row)


async def take(
    tx: Transaction, talk_id: str, staff_id: str, chat_id: str, now: datetime
) -> Talk | None:
    """Give a waiting talk to a chat of the staff; None when another was quicker, or it is over."""
    row = await tx.one(
        "talks.take", id=talk_id, staff_id=staff_id, staff_chat_id=chat_id, now=to_micros(now)
    )
    if row is None:
        return None
    await tx.one("chats.set_talk", id=chat_id, talk_id=talk_id)
    return _talk(row)


async def put_back(tx: Transaction, talk_id: str, now: datetime) -> Talk | None:
    """Let a talk wait again whose staff cannot go on; None when it is not open."""
    row = await tx.one("talks.put_back", id=talk_id, now=to_micros(now))
    return None if row is None else _talk(row)


async def end(tx: Transaction, talk_id: str, by: Ending, now: datetime) -> Talk | None:
    """End a talk and return it as it is then; None when it was over before."""
    row = await tx.one("talks.end", id=talk_id, by=by, now=to_micros(now))
    return None if row is None else _talk(row)


async def say(
    tx: Transaction, talk: Talk, words: str, *, by_staff: bool, now: datetime
) -> Talk | None:
    """Keep a line and return the talk; None when it is over by now, so that nobody would hear."""
    row = await tx.one("talks.touch", id=talk.id, now=to_micros(now))
    key = await owner_key(tx, talk.person_id)
    if row is None or key is None:
        return None
    await tx.one(
        "talks.say",
        talk_id=talk.id,
        by_staff=int(by_staff),
        at=to_micros(now),
        words=key.seal(WORDS, words),
    )
    return _talk(row)


async def lines(reading: Reading, talk: Talk) -> list[Line]:
    """Return what was said, in order."""
    key = await owner_key(reading, talk.person_id)
    if key is None:
        return []
    rows = await reading.all("talks.lines", talk_id=talk.id)
    return [
        Line(bool(row["by_staff"]), from_micros(row["at"]), key.open(WORDS, row["words"]))
        for row in rows
    ]


async def waiting(reading: Reading, places: Iterable[str]) -> list[Talk]:
    """Return the talks that wait for somebody of these places, oldest first."""
    rows = await reading.all("talks.waiting", places=json.dumps(list(places)))
    return [_talk(row) for row in rows]


async def of_staff(reading: Reading, staff_id: str) -> list[Talk]:
    """Return the open talks that somebody of the staff is in."""
    return [_talk(row) for row in await reading.all("talks.of_staff", staff_id=staff_id)]


async def overdue(reading: Reading, untaken: datetime, silent: datetime) -> list[Talk]:
    """Return the talks that wait since before `untaken`, or where nobody spoke since `silent`."""
    rows = await reading.all("talks.overdue", untaken=to_micros(untaken), silent=to_micros(silent))
    return [_talk(row) for row in rows]


async def forget_person(tx: Transaction, person_id: str, now: datetime | None) -> None:
    """Delete every talk about a person, and those of their chats that are about nobody known.

    Somebody of the staff who is in one of them is told that it is over.

    Args:
        now: None where nobody can be talking, for the person never reported.
    """
    for row in await tx.all("talks.of_person", person_id=person_id):
        talk = _talk(row)
        if now is not None and talk.is_live and talk.staff_chat_id is not None:
            await outbox.put(tx, talk.staff_chat_id, None, Post("gone", talk.number), now)
        await tx.all("talks.drop_lines", talk_id=talk.id)
        await tx.one("talks.drop", id=talk.id)


async def hand_on(tx: Transaction, from_key: DataKey, to_key: DataKey) -> None:
    """Make the talks about one person those about another, who turned out to be the same."""
    for row in await tx.all("talks.lines_of_person", person_id=from_key.owner):
        words = from_key.open(WORDS, row["words"])
        resealed = to_key.seal(WORDS, words)
        await tx.one("talks.reseal", talk_id=row["talk_id"], number=row["number"], words=resealed)
    await tx.all("talks.move", person_id=to_key.owner, from_person_id=from_key.owner)


async def purge(tx: Transaction, before: datetime) -> None:
    """Delete the talks that were over before then."""
    for row in await tx.all("talks.ended_before", before=to_micros(before)):
        await tx.all("talks.drop_lines", talk_id=row["id"])
        await tx.one("talks.drop", id=row["id"])


def _talk(row: Row) -> Talk:
    """Return the talk of a row."""
    return Talk(
        id=row["id"],
        number=row["number"],
        state=row["state"],
        place_id=row["place_id"],
        chat_id=row["chat_id"],
        channel=row["channel"],
        person_id=row["person_id"],
        staff_id=row["staff_id"],
        staff_chat_id=row["staff_chat_id"],
        case_id=row["case_id"],
        opened_at=from_micros(row["opened_at"]),
        last_at=from_micros(row["last_at"]),
        ended_by=row["ended_by"],
    )
