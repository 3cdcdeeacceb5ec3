"""Each wish, and who does it."""

from bot.desk import Desk, Step
from bot.errands.clearing import about_clearing
from bot.errands.opening import about_open, open_state, start
from bot.errands.people import about_people
from bot.errands.record import about_person, records
from bot.errands.returning import take_code
from bot.errands.searching import choose, offer_search
from conversations.lobby.events import LinesHeard
from conversations.lobby.wishes import Errand, Wish


async def run(desk: Desk, errand: Errand) -> Step:
    """Do what was asked for."""
    match errand.wish:
        case Wish.START:
            return await start(desk, errand.argument)
        case Wish.DROP if errand.argument:
            return await about_people(desk, errand)
        case Wish.RESUME | Wish.PAUSE | Wish.DROP:
            return await about_open(desk, errand.wish)
        case Wish.NEW | Wish.PEOPLE | Wish.SWITCH | Wish.BEGIN | Wish.ASK_DROP:
            return await about_people(desk, errand)
        case Wish.HEAR:
            return Step((LinesHeard(errand.argument),), open_state(desk))
        case Wish.FIND:
            return offer_search(desk)
        case Wish.CHOOSE:
            return await choose(desk, errand.argument)
        case Wish.RECORD if not errand.argument:
            return await records(desk)
        case Wish.ASK_CLEAR | Wish.CLEAR | Wish.FOLD | Wish.DISMISS:
            return await about_clearing(desk, errand.wish)
        case Wish.RETURN:
            return await take_code(desk, errand.argument)
        case _:
            return await about_person(desk, errand)
