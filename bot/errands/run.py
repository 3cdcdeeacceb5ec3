"""Each wish, and who does it."""

from bot.beginning import begin_first
from bot.desk import Desk, Step
from bot.errands.opening import about_open, open_first, start
from bot.errands.record import about_person, records
from bot.errands.returning import take_return_code
from conversations.lobby.wishes import Errand, Wish


async def run(desk: Desk, errand: Errand) -> Step:
    """Do what was asked for."""
    match errand.wish:
        case Wish.START:
            return await start(desk, errand.argument)
        case Wish.NEW:
            return await open_first(desk) or await begin_first(desk)
        case Wish.RESUME | Wish.PAUSE | Wish.DROP:
            return await about_open(desk, errand.wish)
        case Wish.RECORD:
            return await records(desk)
        case Wish.RETURN:
            return await take_return_code(desk, errand.argument)
        case _:
            return await about_person(desk, errand)
