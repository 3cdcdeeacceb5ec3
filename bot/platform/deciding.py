"""What the staff decide about the platform's answers: columns, who mends what, and when it is in.

Everything here goes through the door of bot/staff/access.py, the command line apart, which is the
operator's.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from bot.desk import Office
from bot.platform.looking import as_json
from bot.staff.access import is_granted, scope_of
from bot.world import World
from conversations.cases import REJECTED
from conversations.platform.mapping import AnswerMapping
from conversations.question_words import question_in
from conversations.scope import Action
from storage import answer_reasons, answer_rows, answers, case_steps, cases, column_mappings
from storage.answers import Choice, Import
from storage.refused import Refused
from storage.scope import Scope
from storage.staff import Staff
from storage.transaction import Transaction

_LONGEST = 200


def counties_of(world: World, who: Staff) -> Scope:
    """Return the counties whose answers an account brings in."""
    places = world.places.by_id
    wide = scope_of(world.places, who, Action.EXPORT)
    return Scope(tuple(one for one in wide if one in places and places[one].level == "county"))


async def bring_in(
    office: Office, who: Staff, county_id: str, name: str, content: bytes
) -> str | None:
    """Keep a file that came in; None for a county that is not theirs."""
    if not await is_granted(office, who, Action.EXPORT, county_id, f"place:{county_id}"):
        return None
    return await answers.begin(
        office.tx, name, content, scope_id=county_id, by=f"staff:{who.id}", now=office.now
    )


async def keep_mapping(
    tx: Transaction, one: Import, mapping: AnswerMapping, by: str, now: datetime
) -> str:
    """Keep what was said of a file and have it read; return the key of what is wrong, or "".

    It is remembered for the next file with these titles.
    """
    if mapping.fault:
        return mapping.fault
    head: dict[str, Any] = json.loads(one.head) if one.head else {"titles": []}
    said = mapping.model_dump_json()
    if not await answers.keep_mapping(tx, one.id, as_json(head), said, now):
        return "moved"
    await column_mappings.keep(tx, "answer", one.scope_id, head["titles"], said, by=by, now=now)
    mapped = await answers.get(tx, one.id)
    if mapped is None or not await answers.become(tx, mapped, "reading", now):
        return "moved"
    return ""


async def choose(tx: Transaction, one: Import, choices: Mapping[int, str]) -> None:
    """Keep who mends what is refused for each reason."""
    for number, choice in choices.items():
        known: Choice | None = next((c for c in get_args(Choice) if c == choice), None)
        if known is not None:
            await answer_reasons.choose(tx, one.id, number, known)


def hindrance(one: Import) -> str:
    """Return the key of why a checked file cannot be taken, "" when it can."""
    if one.state != "checked":
        return "moved"
    mapping = AnswerMapping.model_validate_json(one.mapping)
    if mapping.how == "failures" and one.unmatched:
        # A refused row that was not found would be accepted with the rest.
        return "unmatched"
    return ""


async def take(tx: Transaction, one: Import, by: str, now: datetime) -> str:
    """Let a checked file be taken; return the key of what hinders it, or ""."""
    told = hindrance(one)
    if told:
        return told
    return "" if await answers.become(tx, one, "taking", now, by) else "moved"


async def send_again(office: Office, who: Staff, one: Refused) -> bool:
    """Let a refused report go out with the next batch as it is: the platform was wrong."""
    if not await _may(office, who, one):
        return False
    if not await answer_rows.send_again(office.tx, one.report_id, office.now):
        return False
    by = f"staff:{who.id}"
    await answer_rows.settle(
        office.tx, one.report_id, one.person_id, outcome="resent", by=by, now=office.now
    )
    return True


async def give_up(office: Office, who: Staff, one: Refused, reason: str) -> bool:
    """Leave a refused report as it is, and say why; False without a reason.

    The reason is kept with the case; where the worker was asked and there is none, one is opened.
    """
    words = question_in(reason)[:_LONGEST]
    if not words or not await _may(office, who, one):
        return False
    case_id = one.case_id or await cases.open(
        office.tx,
        kind=REJECTED,
        township_id=one.place_id,
        person_id=one.person_id,
        now=office.now,
    )
    by, found = f"staff:{who.id}", await cases.get(office.tx, case_id)
    if found is None or found.closed_at is not None:
        return False
    await case_steps.add(office.tx, found, by=by, outcome="note", note=words, now=office.now)
    await answer_rows.settle(
        office.tx, one.report_id, one.person_id, outcome="given_up", by=by, now=office.now
    )
    return True


async def _may(office: Office, who: Staff, one: Refused) -> bool:
    about = f"person:{one.person_id}"
    return await is_granted(office, who, Action.CLOSE, one.place_id, about)
