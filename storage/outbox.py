"""The outbox: what goes to a chat that did not just speak, written in the turn's transaction.

waiting → sending (a commit of its own) → sent, blocked or failed. A post is sent at least once: a
stale `sending` waits again. The posts of one chat are sent one after the other.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from storage.owners import owner_key
from storage.times import to_micros
from storage.transaction import Reading, Row, Transaction

Kind = Literal[
    "called",
    "withdrawn",
    "taken_by_other",
    "taken",
    "called_back",
    "said_by_worker",
    "said_by_staff",
    "left_by_worker",
    "left_by_staff",
    "silent_for_worker",
    "silent_for_staff",
    "nobody_came",
    "waits_again",
    "gone",
    "unreachable",
    "voice_came",
    "voice",
    "bulk_stopped",
    "returned",
    "entered_by_staff",
    "counted",
]
Settled = Literal["sent", "blocked", "failed"]

POST: Final = "outbox.post"


@dataclass(frozen=True, slots=True)
class Post:
    """What a chat is told; it becomes words when it is sent.

    Args of the constructor:
        number: of the talk or, for a voice note, 0; of the draft that is counted.
        words: what somebody said, or where a caller is from.
        about: tag of a talk or case for buttons; the id of a voice note, or of the account that
            asked for a count.
        standing: what is open in the chat is shown after it.
        name, line: the person, and the answer that a report was returned for.
    """

    kind: Kind
    number: int = 0
    words: str = field(default="", repr=False)
    about: str = ""
    standing: bool = False
    name: str = field(default="", repr=False)
    line: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """A post on its way."""

    number: int
    chat_id: str
    post: Post | None
    attempts: int


async def put(
    tx: Transaction, chat_id: str, person_id: str | None, post: Post, now: datetime
) -> None:
    """Add a post for a chat.

    Args:
        person_id: whom it is about: it is sealed with their key and erased with them.
    """
    key = await owner_key(tx, person_id)
    if key is None:
        return
    text = json.dumps(_plain(post), ensure_ascii=False)
    await tx.one(
        "outbox.put",
        chat_id=chat_id,
        person_id=person_id,
        post=key.seal(POST, text),
        now=to_micros(now),
    )


async def claim(tx: Transaction, now: datetime, most: int) -> list[Letter]:
    """Take what may be sent now, in order; never of a chat where something is being sent.

    Two claimers come one after the other, so that the order of a chat holds over all processes.
    """
    await tx.one("outbox.alone")
    rows = await tx.all("outbox.claim", now=to_micros(now), most=most)
    return [await _letter(tx, row) for row in sorted(rows, key=lambda row: row["number"])]


async def settle(tx: Transaction, numbers: Iterable[int], state: Settled, now: datetime) -> None:
    """Note what became of posts; their words are deleted."""
    for number in numbers:
        await tx.one("outbox.settle", number=number, state=state, now=to_micros(now))


async def put_off(tx: Transaction, numbers: Iterable[int], until: datetime) -> None:
    """Let posts wait again, none of their chat going before them."""
    for number in numbers:
        await tx.one("outbox.put_off", number=number, due_at=to_micros(until))


async def block(tx: Transaction, chat_id: str, now: datetime) -> None:
    """Give up all that waits for a chat that does not take messages."""
    await tx.all("outbox.block", chat_id=chat_id, now=to_micros(now))


async def settle_stale(tx: Transaction, before: datetime) -> int:
    """Let what was being sent before then wait again; return how many posts."""
    return len(await tx.all("outbox.settle_stale", before=to_micros(before)))


async def is_waiting(reading: Reading, chat_id: str) -> bool:
    """Tell whether a chat was not yet told all that is meant for it."""
    return await reading.one("outbox.first_of", chat_id=chat_id) is not None


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget what was settled before then."""
    await tx.all("outbox.purge", before=to_micros(before))


async def _letter(tx: Transaction, row: Row) -> Letter:
    """Return the letter of a claimed row; without a post when its person is gone."""
    key = await owner_key(tx, row["person_id"])
    post = None
    if key is not None and row["post"] is not None:
        post = Post(**json.loads(key.open(POST, row["post"])))
    return Letter(row["number"], row["chat_id"], post, row["attempts"])


def _plain(post: Post) -> Mapping[str, object]:
    """Return a post as JSON keeps it."""
    return {
        "kind": post.kind,
        "number": post.number,
        "words": post.words,
        "about": post.about,
        "standing": post.standing,
        "name": post.name,
        "line": post.line,
    }
