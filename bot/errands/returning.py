"""A return code: the way back to a record from a new phone or browser."""

from typing import Final

from bot.closing import drop
from bot.desk import Desk, Step, state_of
from bot.errands.opening import menu_or_begin, open_state, resume_open
from conversations.lobby.events import RecordReached, ReturnCodeAsked, ReturnCodeRefused
from storage import attempts, chats, return_codes

CODES_AN_HOUR: Final = 5


async def take_return_code(desk: Desk, code: str) -> Step:
    """Let this chat reach the record that the code belongs to; tries are limited."""
    if not code:
        return Step((ReturnCodeAsked(),), open_state(desk))
    tries = await attempts.count_up(desk.tx, return_codes.USE, desk.chat.id, desk.now)
    if tries > CODES_AN_HOUR:
        return Step((ReturnCodeRefused(limited=True),), open_state(desk))
    person_id = await return_codes.find(desk.tx, code)
    if person_id is None:
        return Step((ReturnCodeRefused(limited=False),), open_state(desk))
    await chats.link(desk.tx, desk.chat.id, person_id, "", desk.now)
    if desk.open is not None and not state_of(desk.open).answers:
        await drop(desk, desk.open)
    elif desk.open is not None:
        step = await resume_open(desk, desk.open)
        return Step((RecordReached(), *step.events), step.interview)
    step = await menu_or_begin(desk)
    return Step((RecordReached(), *step.events), step.interview)
