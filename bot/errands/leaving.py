"""Somebody need not fill in any more: why, since when, and the way back."""

from bot.closing import drop
from bot.desk import Desk, Step
from bot.errands.known import begin_about
from bot.errands.opening import open_state
from bot.known import Known, record_shown
from conversations.leaving import REASONS, read_since, times_offered
from conversations.lobby.events import InterviewBegun
from conversations.lobby.records import (
    LeavingAsked,
    LeavingConfirmAsked,
    LeavingSinceAsked,
    PersonBack,
    PersonLeft,
)
from conversations.lobby.subject import Left
from conversations.lobby.wishes import Errand, Wish
from storage import audits, chats, household, people


async def about_leaving(desk: Desk, one: Known, errand: Errand) -> Step:
    """Ask why, since when and whether it is sure; then keep it. Each button carries what was said.

    What no button of ours carries leads back to the first question.
    """
    reason, _, value = errand.choice.partition("-")
    if one.person.state != "active":
        return Step((await record_shown(desk, one),), open_state(desk))
    if reason not in REASONS:
        return Step((LeavingAsked(one.subject),), open_state(desk))
    today = desk.now.astimezone(desk.world.zone).date()
    since = read_since(value, today)
    if since is None:
        asked = LeavingSinceAsked(one.subject, reason, times_offered(today))
        return Step((asked,), open_state(desk))
    left = Left(reason, since)
    if errand.wish is Wish.LEAVE:
        return Step((LeavingConfirmAsked(one.subject, left, value),), open_state(desk))
    return await _leave(desk, one, left)


async def come_back(desk: Desk, one: Known) -> Step:
    """Begin the update of somebody who is in the range again; its report ends the absence."""
    step = await begin_about(desk, one, "update")
    # They were not asked to come back: the greeting of the yearly update does not fit.
    rest = [event for event in step.events if not isinstance(event, InterviewBegun)]
    return Step((PersonBack(one.subject), *rest), step.interview)


async def _leave(desk: Desk, one: Known, left: Left) -> Step:
    """Keep it; what was being filled in about the person here is let go."""
    by = await chats.relation_to(desk.tx, desk.chat.id, one.person_id) or ""
    await people.leave_range(desk.tx, one.person_id, left.reason, left.on, desk.now, by=by)
    await audits.write(
        desk.tx,
        actor=f"chat:{desk.chat.id}",
        action="leave",
        scope=f"person:{one.person_id}",
        now=desk.now,
    )
    state = open_state(desk)
    for stored in await household.open_interviews(desk.tx, desk.chat.id):
        if stored.person_id == one.person_id:
            await drop(desk, stored)
            state = None if desk.open is not None and desk.open.id == stored.id else state
    return Step((PersonLeft(one.subject, left),), state)
