"""Verifying reports, at the desk: one by one, or a page at once where nothing is doubtful.

The page that was shown waits in the chat's state, so that only what was seen is verified.
"""

from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import looked_after
from bot.staff.returning import STATE as RETURNING
from bot.staff.returning import about_return, take_words
from bot.staff.reviewing import (
    Candidate,
    candidate_named,
    candidates,
    doubts_of,
    line_of,
    may_do,
    sections_of,
    verify,
    verify_shown,
)
from conversations.desk_errands import DeskErrand
from conversations.lobby.checking import CheckingShown, ReportMoved, ReportOpened
from conversations.lobby.events import Event
from conversations.lobby.wishes import tag_of
from conversations.scope import Action
from storage import desks, reviews
from storage.desks import DeskState
from storage.staff import Staff

# More does not fit on a phone.
_PAGE: Final = 6
_STATE: Final = "chk.page"


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Do what was tapped."""
    if errand.step == "all":
        return await _verify_page(desk, who)
    await desks.clear(desk.tx, desk.chat.id)
    if not errand.step:
        return await _listed(desk, who)
    tag, _, choice = errand.argument.partition("-")
    one = await candidate_named(desk, who, tag)
    if errand.step == "next":
        return await _next(desk, who, tag)
    if one is None:
        return await _listed(desk, who, ReportMoved())
    match errand.step:
        case "one":
            return await _opened(desk, who, one)
        case "ok":
            return await _verify(desk, who, one)
        case _:
            step = await about_return(desk, who, one, errand.step, choice)
            return step or await _listed(desk, who, ReportMoved())


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take typed words that the area waits for; None when it waits for none."""
    if state.kind != RETURNING:
        return None
    one = await candidate_named(desk, who, str(state.values["tag"]))
    step = await take_words(desk, who, one, state, text) if one is not None else None
    if step is None:
        await desks.clear(desk.tx, desk.chat.id)
    return step or await _listed(desk, who, ReportMoved())


async def _listed(desk: Desk, who: Staff, *before: Event, verified: int | None = None) -> Step:
    places = looked_after(desk.world.places, who)
    page = [
        one
        for one in (await candidates(desk, who))[:_PAGE]
        if await may_do(desk, who, Action.SEE_MASKED, one)
    ]
    are_plain = len(page) > 1 and not any(one.findings for one in page)
    if are_plain:
        shown = [one.waiting.report.id for one in page]
        await desks.put(desk.tx, desk.chat.id, _STATE, {"reports": shown}, desk.now)
    event = CheckingShown(
        total=await reviews.count(desk.tx, places),
        page=tuple(line_of(desk, one) for one in page),
        can_verify_all=are_plain,
        verified=verified,
    )
    return Step((*before, event), open_state(desk))


async def _opened(desk: Desk, who: Staff, one: Candidate) -> Step:
    if not await may_do(desk, who, Action.SEE_MASKED, one):
        return await _listed(desk, who, ReportMoved())
    opened = ReportOpened(
        line_of(desk, one),
        tag_of(one.waiting.report.person_id),
        one.waiting.report.informant_relation,
        sections_of(desk, one),
        doubts_of(desk, one),
    )
    return Step((opened,), open_state(desk))


async def _next(desk: Desk, who: Staff, tag: str) -> Step:
    """Open the report after this one in the list, or the first when this was the last."""
    found = await candidates(desk, who)
    places = [place for place, one in enumerate(found, 1) if one.tag == tag]
    if not found:
        return await _listed(desk, who)
    return await _opened(desk, who, found[places[0] % len(found) if places else 0])


async def _verify(desk: Desk, who: Staff, one: Candidate) -> Step:
    if not await verify(desk, who, one):
        return await _listed(desk, who, ReportMoved())
    return await _listed(desk, who, verified=1)


async def _verify_page(desk: Desk, who: Staff) -> Step:
    """Verify what the page showed; what became doubtful or was replaced meanwhile stays."""
    state = await desks.get(desk.tx, desk.chat.id)
    await desks.clear(desk.tx, desk.chat.id)
    shown = set(state.values["reports"]) if state and state.kind == _STATE else set()
    return await _listed(desk, who, verified=await verify_shown(desk, who, shown))
