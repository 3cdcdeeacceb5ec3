"""From the text to the start, at the desk: preview, and whatever the preview's button starts.

Nothing is counted in a turn: a preview is counted beside it (followups_counting.py), and a start
only notes what is wanted, for planning chooses anew.
"""

from dataclasses import replace
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import is_granted
from bot.staff.followups_counting import count_of, counted
from bot.staff.followups_draft import Draft, draft_of, keep
from bot.staff.followups_filter import shown
from bot.staff.followups_running import Order, start
from bot.staff.followups_texts import named, texts_shown
from bot.staff.followups_watching import listed
from bot.staff.followups_wordings import Ready, ready, words_named
from conversations.desk_errands import DeskErrand
from conversations.lobby.events import Event
from conversations.lobby.followups import CountBegun, FollowUpStarted, TextFaulty
from conversations.scope import Action
from storage import desks, outbox
from storage.database import Database
from storage.staff import Staff
from storage.waves import LANGUAGE

_WITH_CALLS: Final = "c"


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step:
    """Choose a text, show what would happen, or start it."""
    draft = await draft_of(desk, who)
    if draft is None:
        return Step((await listed(desk, who, "gone"),), open_state(desk))
    if errand.step == "use":
        wording = await named(desk, draft, errand.argument)
        draft = replace(draft, wording=wording or draft.wording)
    if draft.filter.is_empty:
        return await shown(desk, draft, "empty")
    words = await words_named(desk.tx, desk.world, draft.scope_id, draft.wording)
    if not words:
        return Step((await texts_shown(desk, draft),), open_state(desk))
    text = ready(desk.world, draft.scope_id, draft.filter, words, now=desk.now)
    if text.faults:
        await keep(desk, draft)
        return Step((TextFaulty(words[LANGUAGE], text.faults),), open_state(desk))
    place = draft.scope_id
    if not await is_granted(desk, who, Action.FOLLOW_UP, place, f"place:{place}"):
        return Step((await listed(desk, who, "refused"),), open_state(desk))
    if errand.step == "go":
        return await _start(desk, who, draft, text, errand.argument)
    return await _count(desk, who, draft)


async def _start(desk: Desk, who: Staff, draft: Draft, text: Ready, argument: str) -> Step:
    """Start what the preview showed; the button of an older one shows the new preview."""
    calls, _, rest = argument.partition("-")
    number, *told = rest.split("-")
    counts = [int(one) if one.isdecimal() else 0 for one in told]
    if number != str(draft.number) or len(counts) != 2 or not any(counts):
        return await _count(desk, who, draft)
    order = Order(draft.scope_id, draft.filter, draft.wording, text.words, calls == _WITH_CALLS)
    await start(desk.tx, desk.world, order, f"staff:{who.id}", desk.now)
    await desks.clear(desk.tx, desk.chat.id)
    return Step((FollowUpStarted(*counts), await listed(desk, who)), open_state(desk))


async def _count(desk: Desk, who: Staff, draft: Draft) -> Step:
    """Have it counted; whatever was being counted before is not shown any more."""
    post = count_of(await keep(desk, draft), who.id)
    if desk.can_prompt:
        await outbox.put(desk.tx, desk.chat.id, None, post, desk.now)
        return Step((CountBegun(),), open_state(desk), posted=True)
    world, chat_id = desk.world, desk.chat.id

    async def look(database: Database) -> tuple[Event, ...]:
        return await counted(database, world, chat_id, post)

    return Step((), open_state(desk), later=look)
