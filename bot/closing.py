"""How interviews end: with a report, out of range, without consent, or dropped."""

from bot.assisted import BY_STAFF, ended
from bot.desk import Desk, Step, keep, state_of
from bot.household import drafts_of
from bot.submitting import submit
from conversations.course import ConsentDeclined, InterviewStopped, RangeLeft, ReportSubmitted
from conversations.dialogue.scene import Turn
from conversations.lobby.entry import EntryEnd, EntryEnded
from conversations.lobby.events import PeopleShown
from conversations.people import relation_in
from storage import cases, interviews, people, reports, roster, tallies
from storage.interviews import OpenInterview


async def settle(desk: Desk, stored: OpenInterview, turn: Turn) -> Step:
    """Store what a turn came to; after an interview ended, the others that are open are shown."""
    step = await _settle(desk, stored, turn)
    if step.interview is not None or stored.entered_by is not None:
        return step
    return Step((*step.events, *await others_open(desk)))


async def others_open(desk: Desk) -> tuple[PeopleShown, ...]:
    """Return the list of what is still unfinished in this chat, nothing when all is finished."""
    drafts = await drafts_of(desk.tx, desk.world, desk.chat.id, desk.now)
    members = tuple(draft.member for draft in drafts)
    return (PeopleShown(members),) if members else ()


async def _settle(desk: Desk, stored: OpenInterview, turn: Turn) -> Step:
    """Do what the last event says about the end of the interview."""
    match turn.events[-1] if turn.events else None:
        case ReportSubmitted() as submitted:
            return await submit(desk, stored, turn, submitted)
        case ConsentDeclined():
            await _forget(desk, stored, "declined", "")
            return Step((*turn.events, *await _after(desk, stored, "declined")))
        case InterviewStopped():
            await _forget(desk, stored, "dropped", "")
            return Step((*turn.events, *await _after(desk, stored, "dropped")))
        case RangeLeft(reason=reason):
            await _leave_range(desk, stored, reason)
            return Step((*turn.events, *await _after(desk, stored, "out_of_range")))
        case _:
            return await keep(desk, stored, turn)


async def _after(desk: Desk, stored: OpenInterview, how: EntryEnd) -> tuple[EntryEnded, ...]:
    """Return who comes next, when it was the staff who filled in."""
    return () if stored.entered_by is None else (await ended(desk, stored, how),)


async def drop(desk: Desk, stored: OpenInterview) -> Step:
    """Delete what was answered in an unfinished interview, at the person's wish."""
    await _forget(desk, stored, "dropped", "")
    return Step((InterviewStopped(), *await _after(desk, stored, "dropped")))


async def _forget(desk: Desk, stored: OpenInterview, kind: str, reason: str) -> None:
    """Leave nothing of the interview but a count; a person who reported before stays."""
    today = desk.now.astimezone(desk.world.zone).date()
    await tallies.add(desk.tx, kind, reason, today)
    await interviews.forget(desk.tx, stored)
    # Somebody else may have reported about them meanwhile: that stays.
    if stored.purpose != "first" or await reports.last_at(desk.tx, stored.person_id):
        return
    # Whoever is on the roster may have begun in a chat of their own: that stays.
    if stored.entered_by is None or not await roster.is_waiting(desk.tx, stored.person_id):
        await people.discard(desk.tx, stored.person_id)


async def _leave_range(desk: Desk, stored: OpenInterview, reason: str) -> None:
    form = await desk.world.shelf.get(desk.tx, stored.form_hash)
    told_by = relation_in(form, state_of(stored))
    await _forget(desk, stored, "out_of_range", reason)
    is_known = stored.purpose != "first"
    if stored.entered_by is not None:
        told_by = BY_STAFF
        is_known = is_known or await roster.is_waiting(desk.tx, stored.person_id)
        await cases.close_calls(
            desk.tx, stored.person_id, by="system", outcome="out_of_range", now=desk.now
        )
    if is_known:
        today = desk.now.astimezone(desk.world.zone).date().isoformat()
        await people.leave_range(desk.tx, stored.person_id, reason, today, desk.now, by=told_by)
