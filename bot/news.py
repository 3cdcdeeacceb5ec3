"""What a page asks for by itself while a talk goes on: lines of the staff, or that it is over."""

from bot.channel import Address
from bot.messages import Outgoing
from bot.render.turn import render
from bot.standing import standing
from bot.talking import over
from bot.world import World
from conversations.lobby.events import Event
from storage import chats, talks
from storage.database import Database


async def news(database: Database, world: World, address: Address) -> Outgoing | None:
    """Return what stands in a chat's talk; None when the chat is in none.

    That a talk is over is told once: afterwards the chat is in none.
    """
    async with database.reading() as reading:
        found = await chats.look(reading, address.channel, address.address)
        talk = await talks.get(reading, found[0].talk_id) if found else None
    if found is None or found[0].talk_id is None:
        return None
    world = world.speaking(found[0].language)
    stands = await standing(database, world, address)
    if talk is not None and talk.is_live:
        return stands
    async with database.transaction() as tx:
        await chats.leave_talk(tx, found[0].id, found[0].talk_id)
    before: tuple[Event, ...] = () if talk is None else (over(world, talk),)
    told = render(before, world.texts, None, tapped=False)
    return Outgoing((*told.messages, *stands.messages), language=stands.language)
