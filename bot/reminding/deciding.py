"""Deciding on a handful of claimed rows, and noting what became of them; all in transactions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, assert_never

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
from storage.reminder_rows import Outcome, Reminder
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
    wording: str
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
            letters.append(await _letter(tx, world, due, now))
        else:
            await _note(tx, world, due, decision, now)
            counts[decision.course] += 1
    wordings = {letter.due.reminder.id: letter.wording for letter in letters}
    ours = await reminders.start_sending(tx, wordings, now, fencing)
    return [letter for letter in letters if letter.due.reminder.id in ours], counts


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


async def _letter(tx: Transaction, world: World, due: Due, now: datetime) -> Letter:
    message, wording = await message_for(tx, world, due, now)
    return Letter(due, Address("telegram", due.known.address), message, wording, now)


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
    tx: Transaction, world: World, sent: Sequence[tuple[Letter, Delivery]], now: datetime
) -> Counter[str]:
    """Note what became of messages; one that was not taken waits for a later round."""
    outcomes: dict[str, Outcome] = {}
    for letter, delivery in sent:
        name = letter.due.reminder.id
        if isinstance(delivery, RetryAt):
            until = max(delivery.at, now + _RETRY)
            await reminders.not_taken(tx, name, until, NOT_TAKEN)
        else:
            outcomes[name] = _outcome(name, delivery, letter.at)
    settled = await reminders.settle(tx, outcomes.values())
    await updates.note_sent(tx, _numbers(sent), now)
    # An answer may have been faster: then nothing follows.
    due = [letter.due for letter, _ in sent if letter.due.reminder.id in settled]
    gone = [one for one in due if outcomes[one.reminder.id].sent_at is None]
    await climb(tx, world, [one for one in due if one not in gone], now)
    for one in gone:
        if rung_of(world, one.reminder) is not None:
            reason = outcomes[one.reminder.id].reason
            await follow(tx, world, one, "call", now, reason=reason)
    counts = Counter[str](one.state for one in outcomes.values())
    return counts + Counter({"planned": len(sent) - len(outcomes)})


def _numbers(sent: Iterable[tuple[Letter, Delivery]]) -> Iterator[tuple[str, int]]:
    """Yield chat and number of every message that was made."""
    for letter, delivery in sent:
        chat_id = letter.due.known.chat_id
        if isinstance(delivery, Sent) and delivery.message_id and chat_id:
            yield chat_id, delivery.message_id


async def settle_left(
    tx: Transaction, world: World, given_up: Sequence[Reminder], now: datetime
) -> None:
    """Go on after a crash between sending and noting it: what may have arrived is a contact."""
    known = await prompting.known_of(tx, [one.id for one in given_up], now)
    await climb(tx, world, [Due(one, known[one.id]) for one in given_up], now)


def _outcome(name: str, delivery: Sent | Blocked | Failed | Unknown, at: datetime) -> Outcome:
    match delivery:
        case Sent():
            return Outcome(name, "sent", ACCEPTED, at)
        case Blocked():
            return Outcome(name, "blocked", BLOCKED, None)
        case Failed(reason):
            return Outcome(name, "failed", reason, None)
        case Unknown():
            return Outcome(name, "unknown", NO_ANSWER, at)
        case _:
            assert_never(delivery)
