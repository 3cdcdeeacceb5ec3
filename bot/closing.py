"""How interviews end: with a report, out of range, without consent, or dropped."""

from bot.desk import Desk, Step, keep
from bot.submitting import submit
from conversations.dialogue.scene import Turn
from conversations.events import ConsentDeclined, InterviewStopped, RangeLeft, ReportSubmitted
from storage import interviews, people, tallies
from storage.interviews import OpenInterview


async def settle(desk: Desk, stored: OpenInterview, turn: Turn) -> Step:
    """Store what a turn came to; the last event says whether the interview ended."""
    match turn.events[-1] if turn.events else None:
        case ReportSubmitted() as submitted:
            return await submit(desk, stored, turn, submitted)
        case ConsentDeclined():
            await _forget(desk, stored, "declined", "")
        case InterviewStopped():
            await _forget(desk, stored, "dropped", "")
        case RangeLeft(reason=reason):
            await _leave_range(desk, stored, reason)
        case _:
            return await keep(desk, stored, turn)
    return Step(turn.events)


async def drop(desk: Desk, stored: OpenInterview) -> Step:
    """Delete what was answered in an unfinished interview, at the person's wish."""
    await _forget(desk, stored, "dropped", "")
    return Step((InterviewStopped(),))


async def _forget(desk: Desk, stored: OpenInterview, kind: str, reason: str) -> None:
    """Leave nothing of the interview but a count; a person who reported before stays."""
    today = desk.now.astimezone(desk.world.zone).date()
    await tallies.add(desk.tx, kind, reason, today)
    await interviews.forget(desk.tx, stored)
    if stored.purpose == "first":
        await people.discard(desk.tx, stored.person_id)


async def _leave_range(desk: Desk, stored: OpenInterview, reason: str) -> None:
    await _forget(desk, stored, "out_of_range", reason)
    if stored.purpose != "first":
        today = desk.now.astimezone(desk.world.zone).date()
        await people.leave_range(desk.tx, stored.person_id, reason, today, desk.now)
