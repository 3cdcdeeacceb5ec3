"""How a call or a visit ended, and what follows from it."""

from datetime import date, datetime

from bot.desk import Office
from conversations.cases import Next, Outcome, look_again_at, next_of
from conversations.lobby.worklist import OutcomeKept
from conversations.reminders import LASTS, Delay, put_off_until
from conversations.sending import PUT_OFF, REFUSED
from storage import case_steps, cases, drafts, household, people, preferences, reminders
from storage.cases import Case
from storage.staff import Staff

_MOVABLE = ("planned", "sent", "unknown", "failed", "muted", "expired")


async def keep_outcome(
    office: Office,
    who: Staff,
    case: Case,
    outcome: Outcome,
    *,
    reason: str = "",
    look_at: datetime | None = None,
    here: str = "",
) -> OutcomeKept:
    """Note how it ended and do what follows; earlier tries stay.

    Args:
        reason: code of the list exit_reason, for those who left the range.
        look_at: the day that was agreed on, for those who are called again.
        here: id of the chat it is noted in, which no reminder goes to; "" on the console.
    """
    follows, by = next_of(outcome, case.kind), f"staff:{who.id}"
    note = reason or (_day(office, look_at).isoformat() if look_at else "")
    await case_steps.add(office.tx, case, by=by, outcome=outcome, note=note, now=office.now)
    if follows.look is None:
        await cases.close(office.tx, case.id, by=by, outcome=outcome, now=office.now)
    is_reminded = await _do(office, case, follows, reason, here)
    if follows.look is None:
        return OutcomeKept(outcome, None)
    at = look_at or look_again_at(follows.look, office.now, office.world.hours, office.world.zone)
    await cases.look_later(office.tx, case.id, at=at, outcome=outcome)
    return OutcomeKept(outcome, _day(office, at) if at else None, is_reminded)


async def _do(office: Office, case: Case, follows: Next, reason: str, here: str) -> bool:
    """Do what an outcome does besides the list; True when a reminder was moved."""
    if case.person_id is None:
        return False
    match follows.effect:
        case "remind_tonight":
            return await _remind_tonight(office, case.person_id, here)
        case "mute":
            cycle = case.cycle or _day(office, office.now).year
            await reminders.end_open(office.tx, case.person_id, cycle, "muted", REFUSED)
        case "leave_range":
            await leave(office, case.person_id, reason)
        case _:
            pass
    return False


async def leave(office: Office, person_id: str, reason: str) -> None:
    """Note on the station's word that somebody left the range; what is open about them ends."""
    today = _day(office, office.now).isoformat()
    await people.leave_range(office.tx, person_id, reason, today, office.now, by="staff")
    await drafts.drop_about(office.tx, person_id)
    await cases.close_calls(
        office.tx, person_id, by="system", outcome="out_of_range", now=office.now
    )


async def _remind_tonight(office: Office, person_id: str, here: str) -> bool:
    """Put the person's reminder off until tonight, if there is one and a chat to send it to."""
    chat_id = await household.other_chat(office.tx, person_id, here)
    rows = [
        row
        for row in await reminders.of_person(office.tx, person_id)
        if row.state in _MOVABLE and row.due_at <= office.now
    ]
    if chat_id is None or not rows:
        return False
    preference = await preferences.get(office.tx, person_id)
    world = office.world
    due_at = put_off_until(
        Delay.TONIGHT, office.now, person_id, world.hours, world.zone, preference=preference
    )
    for row in reversed(rows):
        if await reminders.move(
            office.tx,
            row.id,
            due_at=due_at,
            not_after=due_at + LASTS,
            reason=f"{PUT_OFF}{Delay.TONIGHT}",
            chat_id=chat_id,
        ):
            return True
    return False


def _day(office: Office, at: datetime) -> date:
    return at.astimezone(office.world.zone).date()
