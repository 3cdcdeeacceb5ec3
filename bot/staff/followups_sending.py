"""From the text to the start, at the desk: preview, and whatever the preview's button starts."""

from dataclasses import replace
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import is_granted
from bot.staff.followups_choosing import Preview, preview_of, sweep
from bot.staff.followups_draft import Draft, draft_of, in_words, keep
from bot.staff.followups_filter import shown
from bot.staff.followups_running import Order, start
from bot.staff.followups_texts import named, texts_shown
from bot.staff.followups_watching import listed
from bot.staff.followups_wordings import Ready, ready, words_named
from conversations.desk_errands import DeskErrand
from conversations.lobby.followups import FollowUpStarted, PreviewShown, TextFaulty
from conversations.scope import Action
from storage import desks
from storage.staff import Staff
from storage.waves import LANGUAGE

_WITH_CALLS: Final = "c"


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Choose a text, show what would happen, or start it."""
    draft = await draft_of(desk)
    if draft is None:
        return Step((await listed(desk, who, "gone"),), open_state(desk))
    if errand.step == "use":
        wording = await named(desk, who, errand.argument)
        draft = await keep(desk, replace(draft, wording=wording or draft.wording))
    if draft.filter.is_empty:
        return await shown(desk, draft, "empty")
    words = await words_named(desk.tx, desk.world, who.scope_id, draft.wording)
    if not words:
        return Step((await texts_shown(desk, who),), open_state(desk))
    text = ready(desk.world, who.scope_id, draft.filter, words, now=desk.now)
    if text.faults:
        return Step((TextFaulty(words[LANGUAGE], text.faults),), open_state(desk))
    if not await is_granted(desk, who, Action.FOLLOW_UP, who.scope_id, f"place:{who.scope_id}"):
        return Step((await listed(desk, who, "refused"),), open_state(desk))
    if errand.step == "go":
        return await _start(desk, who, draft, text, errand.argument)
    return Step((await _preview(desk, who, draft, text),), open_state(desk))


async def _start(desk: Desk, who: Staff, draft: Draft, text: Ready, argument: str) -> Step:
    """Start what the preview showed; the button of an older one shows the new preview."""
    calls, _, number = argument.partition("-")
    if number != str(draft.number):
        return Step((await _preview(desk, who, draft, text),), open_state(desk))
    sifted = await sweep(desk.tx, desk.world, who.scope_id, draft.filter, desk.now)
    with_calls = calls == _WITH_CALLS
    if not sifted.chosen and not (with_calls and sifted.to_call):
        return Step((await _preview(desk, who, draft, text),), open_state(desk))
    order = Order(who.scope_id, draft.filter, draft.wording, text.words, with_calls)
    await start(desk.tx, desk.world, order, f"staff:{who.id}", desk.now)
    await desks.clear(desk.tx, desk.chat.id)
    started = FollowUpStarted(len(sifted.chosen), len(sifted.to_call) if with_calls else 0)
    return Step((started, await listed(desk, who)), open_state(desk))


async def _preview(desk: Desk, who: Staff, draft: Draft, text: Ready) -> PreviewShown:
    sifted = await sweep(desk.tx, desk.world, who.scope_id, draft.filter, desk.now)
    return _shown(desk, draft, preview_of(desk.world, sifted, text.words, desk.now))


def _shown(desk: Desk, draft: Draft, preview: Preview) -> PreviewShown:
    return PreviewShown(
        number=draft.number,
        terms=in_words(desk, draft.filter),
        count=preview.count,
        excluded=preview.excluded,
        to_call=preview.to_call,
        could_get_more=preview.could_get_more,
        samples=preview.samples,
        finish_at=preview.finish_at.astimezone(desk.world.zone),
    )
