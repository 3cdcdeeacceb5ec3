"""What is known of people at the moment of sending: of a handful of rows in one statement."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from conversations.reminders import Preference
from conversations.sending import Contacts, Facts
from storage.chats import ADDRESS
from storage.times import maybe_from_micros, to_micros
from storage.transaction import Reading, Row

# The channel that can be written to first.
PROMPTED = "telegram"


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one row of the ledger, and where its message goes.

    Args of the constructor:
        place_id: township of the person, or else the county; None when neither is known.
        address, language: of the chat; "" without one.
        started_at: when the wave of the row was started.
    """

    facts: Facts
    chat_id: str | None
    place_id: str | None
    address: str = field(repr=False)
    language: str
    started_at: datetime | None


async def known_of(reading: Reading, ids: Iterable[str], since: datetime) -> dict[str, Known]:
    """Return what is known of these rows, by their ids.

    Args:
        since: from when on contacts are counted.
    """
    wanted = json.dumps(list(ids))
    rows = await reading.all("prompting.facts", ids=wanted, since=to_micros(since))
    return {row["id"]: _known(reading, row) for row in rows}


def _known(reading: Reading, row: Row) -> Known:
    has_chat = row["chat_id"] is not None
    return Known(
        _facts(row),
        row["chat_id"],
        row["township_id"] or row["county_id"],
        reading.system.open(ADDRESS, row["address"]) if has_chat else "",
        row["language"] or "",
        maybe_from_micros(row["wave_at"]),
    )


def _facts(row: Row) -> Facts:
    turns = [at for at in (row["last_turn_at"], row["talked_at"]) if at is not None]
    paused = row["paused_until"]
    return Facts(
        reported_cycle=row["reported_cycle"],
        is_active=row["person_state"] == "active",
        can_prompt=row["channel"] == PROMPTED,
        is_blocked=row["blocked_at"] is not None,
        last_turn_at=maybe_from_micros(max(turns, default=None)),
        preference=Preference(
            row["weekday"], row["hour"], date.fromisoformat(paused) if paused else None
        ),
        reported_at=maybe_from_micros(row["submitted_at"]),
        was_opened=row["opened_at"] is not None,
        has_open=row["last_turn_at"] is not None,
        birth_year=row["birth_year"],
        chat=Contacts(
            row["chat_count"],
            maybe_from_micros(row["chat_first"]),
            maybe_from_micros(row["chat_last"]),
        ),
        person=Contacts(row["person_count"], maybe_from_micros(row["person_first"])),
    )
