"""One case of the work list: what it says, and how it is left."""

from datetime import date, datetime, timedelta
from typing import Final

from bot.desk import Desk, Office, Step
from bot.errands.opening import open_state
from bot.staff.access import about, is_granted
from bot.staff.caselist import keep, kept_filter, list_step
from bot.staff.entry import offer_case
from bot.staff.outcomes import keep_outcome
from conversations.cases import (
    DIED_REASON,
    MOVED_REASONS,
    NEXT,
    TAKEN_FOR,
    Outcome,
    offered,
    opening,
)
from conversations.desk_errands import Area
from conversations.dialogue.shown import masked
from conversations.lobby.events import Event
from conversations.lobby.worklist import (
    CaseLine,
    CaseNotThere,
    CaseOpened,
    DayAsked,
    DiedAsked,
    MovedAsked,
    OutcomeKept,
    Prompted,
    Tried,
)
from conversations.reminders import Delay, put_off_until
from conversations.replies.dates import read_date
from conversations.replies.outcome import Understood
from conversations.scope import Action
from storage import case_steps, cases, chats, reminders
from storage.cases import Case, Listed
from storage.staff import Staff

# What is done with these is done at the desk itself.
_OF_THE_DESK: Final = ("human", "voice", "many_people", "not_me")
_DAYS: Final = {"sun": Delay.SUNDAY, "mid": Delay.MID_MONTH}
_FARTHEST: Final = timedelta(days=366)
_LONGEST_NOTE: Final = 200


async def took(office: Office, who: Staff, one: Listed) -> bool:
    """Keep a case for this account; False while a colleague works on it."""
    return await cases.take(office.tx, one.case.id, who.id, TAKEN_FOR, office.now)


async def opened(
    office: Office, one: Listed, line: CaseLine, phone: str, *, is_mine: bool
) -> CaseOpened:
    """Return a case as it is shown, the phone masked."""
    case = one.case
    place = office.world.places.by_id.get(case.township_id or "")
    is_desks = case.kind in _OF_THE_DESK
    return CaseOpened(
        line,
        place.name if place else "",
        masked(phone, "phone") if phone else "",
        await _prompted(office, case),
        tuple(
            Tried(step.at.astimezone(office.world.zone).date(), step.outcome, step.note)
            for step in await case_steps.of_case(office.tx, case)
        ),
        can_try=is_mine and case.person_id is not None and not is_desks,
        can_talk=is_mine and is_desks and await _can_be_written_to(office, case),
    )


async def close_with(desk: Desk, who: Staff, one: Listed, step: str, value: str) -> Step:
    """Take how a call ended; what needs to be known before is asked first."""
    tag, case = one.case.id[-12:], one.case
    # A second tap on the same keyboard finds the case given back: it was noted already.
    is_held = case.taken_by == who.id and await took(desk, who, one)
    if not is_workable(case) or not is_held:
        return await _back(desk, who, CaseNotThere())
    match step, value:
        case "out", Outcome.AGAIN:
            await keep(desk, "lst.day", await kept_filter(desk), tag)
            return Step((DayAsked(tag),), open_state(desk))
        case "out", Outcome.MOVED:
            return Step((MovedAsked(tag),), open_state(desk))
        case "out", Outcome.DIED:
            return Step((DiedAsked(tag),), open_state(desk))
        case "out", _ if value in offered(case.kind):
            return await _end(desk, who, case, Outcome(value))
        case "moved", _ if value in MOVED_REASONS:
            return await _end(desk, who, case, Outcome.MOVED, reason=value)
        case "died", _:
            return await _end(desk, who, case, Outcome.DIED, reason=DIED_REASON)
        case "day", _:
            at = _day_of(desk, value)
            return await _end(desk, who, case, Outcome.AGAIN, look_at=at)
        case _:
            return await _back(desk, who, CaseNotThere())


async def answered_day(desk: Desk, who: Staff, one: Listed, words: str) -> Step:
    """Take a typed day: not before tomorrow, and within a year."""
    at = day_typed(desk, words)
    if at is None:
        return Step((DayAsked(one.case.id[-12:], is_unclear=True),), open_state(desk))
    return await _end(desk, who, one.case, Outcome.AGAIN, look_at=at)


async def end_case(
    office: Office,
    who: Staff,
    case: Case,
    outcome: Outcome,
    *,
    reason: str = "",
    look_at: datetime | None = None,
    here: str = "",
) -> OutcomeKept | None:
    """Note how a case ended, and what follows; None for an account that may not.

    Args:
        reason, look_at, here: as `keep_outcome` has them.
    """
    whom = about(case.person_id, case.chat_id or "")
    if not await is_granted(office, who, Action.CLOSE, case.township_id, whom):
        return None
    return await keep_outcome(
        office, who, case, outcome, reason=reason, look_at=look_at, here=here
    )


async def keep_note(office: Office, who: Staff, case: Case, words: str) -> bool:
    """Keep what a clerk wrote about a case; False for an account that may not."""
    whom = about(case.person_id, case.chat_id or "")
    if not await is_granted(office, who, Action.CLOSE, case.township_id, whom):
        return False
    by, note = f"staff:{who.id}", words[:_LONGEST_NOTE]
    await case_steps.add(office.tx, case, by=by, outcome="note", note=note, now=office.now)
    return True


def is_workable(case: Case) -> bool:
    """Tell whether a case is about somebody who is called or visited."""
    return case.person_id is not None and case.kind not in _OF_THE_DESK


def day_typed(office: Office, words: str) -> datetime | None:
    """Return the opening of a typed day; None for none from tomorrow on and within a year."""
    today = office.now.astimezone(office.world.zone).date()
    read = read_date(words, today)
    on = date.fromisoformat(read.value) if isinstance(read, Understood) else today
    if not today < on <= today + _FARTHEST:
        return None
    return opening(on, office.world.hours, office.world.zone)


async def _end(
    desk: Desk,
    who: Staff,
    case: Case,
    outcome: Outcome,
    *,
    reason: str = "",
    look_at: datetime | None = None,
) -> Step:
    kept = await end_case(
        desk, who, case, outcome, reason=reason, look_at=look_at, here=desk.chat.id
    )
    if kept is None:
        return await _back(desk, who, CaseNotThere())
    if NEXT[outcome].effect == "enter":
        return await offer_case(desk, who, case)
    return await _back(desk, who, kept)


async def _back(desk: Desk, who: Staff, *before: Event) -> Step:
    chosen = await kept_filter(desk)
    await keep(desk, f"{Area.WORK_LIST}.list", chosen)
    return await list_step(desk, who, chosen, *before)


def _day_of(office: Office, value: str) -> datetime:
    """Return the opening of the day of a button; what no button of ours carries is tomorrow."""
    world, delay = office.world, _DAYS.get(value)
    on = office.now.astimezone(world.zone).date() + timedelta(days=1)
    if delay is not None:
        on = (
            put_off_until(delay, office.now, "", world.hours, world.zone)
            .astimezone(world.zone)
            .date()
        )
    return opening(on, world.hours, world.zone)


async def _prompted(office: Office, case: Case) -> Prompted:
    """Return what the ledger says of the prompts of this cycle, or of all where none is named."""
    if case.person_id is None:
        return Prompted(0, None, "")
    rows = await reminders.of_person(office.tx, case.person_id)
    rows = [row for row in rows if case.cycle in (None, row.cycle)]
    sent = [row for row in rows if row.state == "sent"]
    last = sent[-1].due_at.astimezone(office.world.zone).date() if sent else None
    if any(row.state == "blocked" for row in rows):
        return Prompted(len(sent), last, "blocked")
    return Prompted(len(sent), last, "no_chat" if case.chat_id is None and not sent else "")


async def _can_be_written_to(office: Office, case: Case) -> bool:
    chat = await chats.get(office.tx, case.chat_id) if case.chat_id else None
    return chat is not None and chat.channel == "telegram" and chat.blocked_at is None
