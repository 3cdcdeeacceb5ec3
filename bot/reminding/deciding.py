"""Deciding on a handful of claimed rows, and noting what became of them; all in transactions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal, assert_never

from bot.channel import Address
from bot.messages import Message
from bot.reminding.following import Due, climb, follow, rung_of
from bot.reminding.messages import message_for
from bot.telegram.outcomes import Blocked, Delivery, Failed, RetryAt, Sent, Unknown
from bot.world import World
from conversations.reminders import LASTS
from conversations.sending import BLOCKED, PAUSED, Contacts, Decision, Prompt, decide, is_promise
from storage import prompting, reminders, updates
from storage.prompting import Known
from storage.reminders import Reminder, State
from storage.transaction import Transaction

_RETRY: Final = timedelta(minutes=1)
ACCEPTED: Final = "accepted by the channel"
NOT_TAKEN: Final = "not taken, tried again later"
NO_ANSWER: Final = "no answer from the channel"


@dataclass(frozen=True, slots=True)
class Letter:
    """A prompt on its way; `at` is when `sending` was committed."""

    due: Due
    address: Address
    message: Message = field(repr=False)
    at: datetime


async def decide_all(
    tx: Transaction, world: World, group: Sequence[Reminder], now: datetime, fencing: int
) -> tuple[list[Letter], Counter[str]]:
    """Decide on each row; return what is to be sent, and how many went into another state."""
    since = now - world.rules.budget.within
    known = await prompting.known_of(tx, [one.id for one in group], since)
    letters: list[Letter] = []
    counts: Counter[str] = Counter()
    for reminder in group:
        due = Due(reminder, _heard(known[reminder.id], letters))
        decision = _decision(world, due, now)
        if decision.course == "sending":
            letter = await _letter(tx, world, due, now, fencing)
            letters += [letter] if letter is not None else []
        else:
            await _note(tx, world, due, decision, now)
            counts[decision.course] += 1
    return letters, counts


def _heard(one: Known, letters: Iterable[Letter]) -> Known:
    """Return the facts with what this very handful sends to the same chat."""
    if not any(letter.due.known.chat_id == one.chat_id for letter in letters):
        return one
    at = max(letter.at for letter in letters if letter.due.known.chat_id == one.chat_id)
    chat = Contacts(one.facts.chat.count + 1, one.facts.chat.first_at or at, at)
    return replace(one, facts=replace(one.facts, chat=chat))


def _decision(world: World, due: Due, now: datetime) -> Decision:
    reminder, known = due.reminder, due.known
    prompt = Prompt(
        reminder.cycle,
        reminder.not_after,
        is_promise(reminder.reason, known.facts.preference),
        reminder.kind,
        rung_of(world, reminder),
        known.started_at,
    )
    return decide(prompt, known.facts, now, world.rules)


async def _letter(
    tx: Transaction, world: World, due: Due, now: datetime, fencing: int
) -> Letter | None:
    message, wording = await message_for(tx, world, due, now)
    if not await reminders.start_sending(tx, due.reminder.id, wording, now, fencing):
        return None
    return Letter(due, Address("telegram", due.known.address), message, now)


async def _note(
    tx: Transaction, world: World, due: Due, decision: Decision, now: datetime
) -> None:
    """Note why a row is not sent, and do what follows."""
    name, reason = due.reminder.id, decision.reason
    if decision.course == "planned":
        until = decision.until or world.hours.next_opening(now, world.zone)
        last = until + LASTS if reason == PAUSED else None
        await reminders.put_off(tx, name, until, reason, not_after=last)
    elif await reminders.mark(tx, name, was="claimed", state=decision.course, reason=reason):
        await follow(tx, world, due, decision.then, now, reason=reason)


async def keep(
    tx: Transaction, world: World, sent: Iterable[tuple[Letter, Delivery]], now: datetime
) -> Counter[str]:
    """Note what became of messages; one that was not taken waits for a later round."""
    counts: Counter[str] = Counter()
    for letter, outcome in sent:
        if isinstance(outcome, RetryAt):
            until = max(outcome.at, now + _RETRY)
            await reminders.not_taken(tx, letter.due.reminder.id, until, NOT_TAKEN)
            counts["planned"] += 1
        else:
            counts[await _settle(tx, world, letter, outcome, now)] += 1
    return counts


async def _settle(
    tx: Transaction,
    world: World,
    letter: Letter,
    outcome: Sent | Blocked | Failed | Unknown,
    now: datetime,
) -> State:
    """Note what became of one message, and do what follows unless an answer was faster."""
    chat_id = letter.due.known.chat_id
    if isinstance(outcome, Sent) and outcome.message_id and chat_id:
        await updates.note_sent(tx, chat_id, outcome.message_id, now)
    state, reason = _state_after(outcome)
    is_contact = state in ("sent", "unknown")
    at = letter.at if is_contact else None
    if await reminders.settle(tx, letter.due.reminder.id, state, reason, at):
        if is_contact:
            await climb(tx, world, letter.due, now)
        elif rung_of(world, letter.due.reminder) is not None:
            await follow(tx, world, letter.due, "call", now, reason=reason)
    return state


async def settle_left(
    tx: Transaction, world: World, given_up: Sequence[Reminder], now: datetime
) -> None:
    """Go on after a crash between sending and noting it: what may have arrived is a contact."""
    known = await prompting.known_of(tx, [one.id for one in given_up], now)
    for reminder in given_up:
        await climb(tx, world, Due(reminder, known[reminder.id]), now)


def _state_after(
    outcome: Sent | Blocked | Failed | Unknown,
) -> tuple[Literal["sent", "blocked", "failed", "unknown"], str]:
    match outcome:
        case Sent():
            return "sent", ACCEPTED
        case Blocked():
            return "blocked", BLOCKED
        case Failed(reason):
            return "failed", reason
        case Unknown():
            return "unknown", NO_ANSWER
        case _:
            assert_never(outcome)
