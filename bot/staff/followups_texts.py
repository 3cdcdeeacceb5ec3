"""Texts of follow-ups at the desk: chosen, written, and judged by the county."""

from dataclasses import replace
from typing import Final

from bot.desk import Desk, Office, Step
from bot.errands.opening import open_state
from bot.prompts import SHIPPED, shipped_words
from bot.render.desk.placeholders import as_kept
from bot.staff import followups_filter
from bot.staff.access import above, acts_for, is_granted
from bot.staff.followups_draft import Draft, draft_in, draft_of, keep
from bot.staff.followups_filter import shown
from bot.staff.followups_watching import listed
from bot.staff.followups_wordings import judge, offered, write, written_in
from conversations.desk_errands import DeskErrand
from conversations.lobby.followups import (
    TextFaulty,
    TextJudged,
    TextKept,
    TextOffered,
    TextsShown,
    TextToJudge,
    WordsAsked,
)
from conversations.lobby.wishes import tag_of
from conversations.scope import Action
from conversations.wordings import tidied
from storage.desks import DeskState
from storage.staff import Staff
from storage.waves import LANGUAGE
from storage.wordings import Wording

WAITS: Final = "fol.text"
_A_PAGE: Final = 5


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Show the texts, wait for a new one, or judge one."""
    if errand.step in ("jdg", "yes", "no") and not acts_for(who, Action.APPROVE):
        return Step((await listed(desk, who, "refused"),), open_state(desk))
    if errand.step == "jdg":
        return await _next_to_judge(desk, who)
    if errand.step in ("yes", "no"):
        return await _judge(desk, who, errand.argument, approve=errand.step == "yes")
    draft = await draft_of(desk, who)
    if draft is None:
        return await followups_filter.act(desk, who, replace(errand, step="new", argument=""))
    if errand.step == "own":
        await keep(desk, draft, WAITS)
        return Step((WordsAsked("text"),), open_state(desk))
    if draft.filter.is_empty:
        return await shown(desk, draft, "empty")
    page = int(errand.argument) if errand.argument.isdecimal() else 0
    return Step((await texts_shown(desk, draft, page),), open_state(desk))


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step:
    """Keep a text of one's own, or say what is wrong and wait for a better one."""
    draft = draft_in(state.values)
    place = draft.scope_id
    is_approved = judges(desk, who, place) or not desk.world.follow_ups.needs_approval
    if not await is_granted(desk, who, Action.FOLLOW_UP, place, f"place:{place}"):
        return Step((await listed(desk, who, "refused"),), open_state(desk))
    kept = await write(
        desk.tx,
        desk.world,
        place,
        as_kept(desk.world.texts, tidied(text)),
        by=f"staff:{who.id}",
        is_approved=is_approved,
        now=desk.now,
    )
    if not isinstance(kept, Wording):
        return Step((TextFaulty(text, kept),), open_state(desk))
    await keep(desk, replace(draft, wording=kept.name if is_approved else draft.wording))
    return Step((TextKept(is_approved),), open_state(desk))


def judges(office: Office, who: Staff, place_id: str) -> bool:
    """Tell whether a text for this place may be sent at once when this account wrote it."""
    over = above(office.world.places, place_id)
    return any(one.scope_id in over for one in acts_for(who, Action.APPROVE))


async def texts_shown(desk: Desk, draft: Draft, page: int = 0) -> TextsShown:
    """Return a page of the texts that may be sent, the station's own first."""
    own = await offered(desk.tx, desk.world, draft.scope_id)
    texts = [TextOffered(f"o{tag_of(one.key)}", one.text) for one in own]
    texts += [
        TextOffered(f"s{place}", shipped_words(desk.world.texts, name)[LANGUAGE])
        for place, name in enumerate(SHIPPED)
    ]
    pages = -(-len(texts) // _A_PAGE)
    page = min(page, pages - 1)
    return TextsShown(tuple(texts[page * _A_PAGE : (page + 1) * _A_PAGE]), page, pages)


async def named(desk: Desk, draft: Draft, value: str) -> str:
    """Return the name of the text that a button stands for; "" when there is none any more."""
    if value[:1] == "s" and value[1:].isdecimal() and int(value[1:]) < len(SHIPPED):
        return SHIPPED[int(value[1:])]
    own = await offered(desk.tx, desk.world, draft.scope_id)
    return next((one.name for one in own if f"o{tag_of(one.key)}" == value), "")


async def _next_to_judge(desk: Desk, who: Staff) -> Step:
    drafts = await _drafts(desk, who)
    if not drafts:
        return Step((await listed(desk, who),), open_state(desk))
    return Step((_to_judge(desk, drafts[-1]),), open_state(desk))


async def _judge(desk: Desk, who: Staff, tag: str, *, approve: bool) -> Step:
    """Judge a text, and show the next one that waits."""
    wording = next((one for one in await _drafts(desk, who) if tag_of(one.key) == tag), None)
    if wording is None:
        return Step((await listed(desk, who, "gone"),), open_state(desk))
    whose = f"place:{wording.scope_id}"
    if not await is_granted(desk, who, Action.APPROVE, wording.scope_id, whose):
        return Step((await listed(desk, who, "refused"),), open_state(desk))
    await judge(desk.tx, wording, approve=approve, by=f"staff:{who.id}", now=desk.now)
    step = await _next_to_judge(desk, who)
    return replace(step, events=(TextJudged(approve), *step.events))


async def _drafts(desk: Desk, who: Staff) -> list[Wording]:
    scopes = [one.scope_id for one in acts_for(who, Action.APPROVE)]
    found = [await written_in(desk.tx, desk.world, scope_id) for scope_id in scopes]
    waiting = {one.key: one for texts in found for one in texts if one.state == "draft"}
    return list(waiting.values())


def _to_judge(desk: Desk, wording: Wording) -> TextToJudge:
    place = desk.world.places.by_id.get(wording.scope_id)
    return TextToJudge(tag_of(wording.key), place.name if place else "", wording.text)
