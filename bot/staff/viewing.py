"""Looking over somebody's shoulder: their desk as they see it, for half an hour, hands off.

While it lasts nothing can be done at the desk but look; whoever tries is told so, and it is noted.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.access import is_in_charge, note_refused_view
from bot.staff.listing import desk_shown
from bot.staff.naming import account, account_below
from conversations.desk_errands import Area, DeskErrand
from conversations.lobby.accounts import AccountMissed, ViewOnly, ViewOver, ViewStands
from conversations.scope import Action
from conversations.talk import TalkErrand, TalkWish
from storage import desks, staff, talks, views
from storage.staff import Staff

LASTS: Final = timedelta(minutes=30)
_DEEDS: Final = (TalkWish.JOIN, TalkWish.TAKE, TalkWish.CALL, TalkWish.HEAR, TalkWish.DONE)
END: Final = DeskErrand(Area.ACCOUNTS, "unview")


async def begin(desk: Desk, who: Staff, tag: str) -> Step:
    """Show the desk of an account below, from now on and for half an hour."""
    seen = await account_below(desk, who, tag)
    if seen is None or seen.state != "active" or await _is_talking(desk):
        return Step((AccountMissed(),), open_state(desk))
    if not await is_in_charge(desk, who, Action.VIEW_AS, seen.own):
        return Step((AccountMissed(),), open_state(desk))
    until = desk.now + LASTS
    await views.put(desk.tx, desk.chat.id, seen.id, until)
    await desks.clear(desk.tx, desk.chat.id)
    viewed = replace(seen, viewer_id=who.id, viewed_until=until)
    return marked(desk, viewed, await _desk_of(desk, viewed))


async def end(desk: Desk, who: Staff) -> Step:
    """Show the own desk again."""
    await views.end(desk.tx, desk.chat.id)
    own = await staff.get(desk.tx, who.viewer_id or who.id)
    shown = await desk_shown(desk, own or who)
    return Step((ViewOver(), shown), open_state(desk))


def is_look(errand: DeskErrand | None, wish: TalkErrand | None, looks: Collection[str]) -> bool:
    """Tell whether what was tapped only shows something.

    Args:
        looks: the steps of the errand's area that do no more than that.
    """
    if errand is not None:
        return errand.step in looks
    return wish is None or wish.wish not in _DEEDS


async def refuse(desk: Desk, who: Staff, what: str) -> Step:
    """Tell that a desk that is looked at is not worked at."""
    await note_refused_view(desk, who, what)
    return marked(desk, who, Step((ViewOnly(),), open_state(desk)))


def marked(desk: Desk, who: Staff, step: Step) -> Step:
    """Return the step with a line on every message that says whose desk it is."""
    until = (who.viewed_until or desk.now).astimezone(desk.world.zone)
    stands = ViewStands(account(desk.world.places, who), until)
    return replace(step, events=(stands, *step.events))


async def _desk_of(desk: Desk, who: Staff) -> Step:
    return Step((await desk_shown(desk, who),), open_state(desk))


async def _is_talking(desk: Desk) -> bool:
    talk = await talks.get(desk.tx, desk.chat.talk_id)
    return talk is not None and talk.is_live and talk.staff_chat_id == desk.chat.id
