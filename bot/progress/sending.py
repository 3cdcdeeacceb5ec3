"""Sends the bulletin to those who subscribe, as a picture in their own Telegram chat.

That it is sent is written first: whatever happens then, nobody gets it twice on a day.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import groupby

from bot.channel import Address
from bot.progress.bulletin import bulletin_of, caption, draw, picture
from bot.progress.looking import may
from bot.staff.access import active
from bot.telegram.outcomes import Delivery, RetryAt
from bot.world import World
from conversations.scope import Action
from storage import subscriptions
from storage.database import Database
from storage.subscriptions import Subscription
from storage.transaction import Reading

SendPicture = Callable[[Address, bytes, str], Awaitable[Delivery]]
_log = logging.getLogger(__name__)


async def send_due(database: Database, world: World, send: SendPicture) -> int:
    """Send what is due at this local hour, never in quiet hours; return how many accounts got it.

    They chose the day themselves, so that only the time of day speaks against it.
    """
    local = world.clock().astimezone(world.zone)
    if not world.hours.hold(local, is_promised=True):
        return 0
    async with database.reading() as reading:
        due = await subscriptions.due(reading, local)
    sent = 0
    for scope_id, wanted in groupby(due, key=lambda one: one.scope_id):
        sent += await _send_of(database, world, send, scope_id, list(wanted))
    return sent


async def _send_of(
    database: Database,
    world: World,
    send: SendPicture,
    scope_id: str,
    wanted: list[Subscription],
) -> int:
    local = world.clock().astimezone(world.zone)
    async with database.reading() as reading:
        told = {one.staff_id: await _chats(reading, world, one, local) for one in wanted}
        if not any(told.values()):
            return 0
        bulletin = await bulletin_of(reading, world, scope_id, local.year)
    image = await asyncio.to_thread(lambda: picture(draw(bulletin)))
    sent = 0
    for one in wanted:
        async with database.transaction() as tx:
            is_ours = bool(told[one.staff_id]) and await subscriptions.take(tx, one, local.date())
        if not is_ours:
            continue
        outcomes = [
            await send(Address("telegram", chat), image, caption(bulletin))
            for chat in told[one.staff_id]
        ]
        if all(isinstance(outcome, RetryAt) for outcome in outcomes):
            async with database.transaction() as tx:
                await subscriptions.give_back(tx, one)
            continue
        sent += 1
    _log.info("bulletins were sent", extra={"place": scope_id, "accounts": sent})
    return sent


async def _chats(reading: Reading, world: World, one: Subscription, local: datetime) -> list[str]:
    """Return where an account is told; nowhere when it is not in use, or looks elsewhere now."""
    who = await active(reading, one.staff_id, local.date())
    if who is None or not may(world.places, who, Action.SEE_PROGRESS, one.scope_id):
        return []
    return await subscriptions.chats_of(reading, one.staff_id)
