"""What a PIN of one's own opens: the whole record, a copy, a new return code, another PIN.

The digits are tapped on a pad that is drawn anew with each tap and replaced when it is full, so no
PIN stays in the chat. Where none is set, the first who wants to see everything sets one. Whoever
forgot it needs the return code, and one that is at least a day old: a new one comes with every
report, and whoever borrows the phone for a minute must not get at the record with it.
"""

from datetime import timedelta
from typing import Final

from bot.copying import copy_of, grant_for
from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.known import Known, whole_sections
from conversations.lobby.events import Event, ReturnCodeGiven
from conversations.lobby.records import (
    CopyGiven,
    CopyReady,
    PinAsked,
    PinLimited,
    PinLost,
    PinReset,
    PinRight,
    RecordOpened,
)
from conversations.lobby.wishes import Errand, Wish
from conversations.pin_pad import Goal, Pad, read_pad
from storage import audits, pins, return_codes

RIPE: Final = timedelta(days=1)


async def open_with_pin(desk: Desk, one: Known, goal: Goal) -> Step:
    """Ask for the PIN before anything is opened; where none is set, have one set."""
    if await pins.is_set(desk.tx, one.person_id, desk.chat.id):
        return await _ask(desk, one, Pad(goal, is_new=False), is_first=True)
    if goal == "code":
        return Step(await _reach(desk, one, goal), open_state(desk))
    is_setting = "whole" if goal == "change" else goal
    return await _ask(desk, one, Pad(is_setting, is_new=True), is_first=True)


async def about_pin(desk: Desk, one: Known, errand: Errand) -> Step:
    """Take a digit of the pad, or tell what to do about a forgotten PIN."""
    if errand.wish is Wish.LOST_PIN:
        return Step((PinLost(one.subject),), open_state(desk))
    pad = read_pad(errand.choice)
    if pad is None:
        return await open_with_pin(desk, one, "whole")
    is_set = await pins.is_set(desk.tx, one.person_id, desk.chat.id)
    if pad.is_new == is_set:
        # An old pad: a PIN was set or given up since. Nothing that it says counts.
        return await _ask(desk, one, Pad(pad.goal, is_new=not is_set))
    if not pad.is_full:
        return await _ask(desk, one, pad)
    return await (_set(desk, one, pad) if pad.is_new else _enter(desk, one, pad))


async def reset_by_code(desk: Desk, person_id: str, code: str) -> tuple[Event, ...]:
    """Give up the PIN that a right return code was sent for; a code of today does not do."""
    if not await pins.is_set(desk.tx, person_id, desk.chat.id):
        return ()
    given_at = await return_codes.given_at(desk.tx, code)
    is_ripe = given_at is not None and desk.now - given_at >= RIPE
    if is_ripe:
        await pins.drop(desk.tx, person_id, desk.chat.id)
        await _note(desk, person_id, "pin")
    return (PinReset(is_ripe),)


async def _ask(
    desk: Desk, one: Known, pad: Pad, *, is_first: bool = False, is_wrong: bool = False
) -> Step:
    if not pad.is_new and await pins.is_limited(desk.tx, one.person_id, desk.chat.id, desk.now):
        return Step((PinLimited(),), open_state(desk))
    return Step((PinAsked(one.subject, pad, is_first, is_wrong),), open_state(desk))


async def _set(desk: Desk, one: Known, pad: Pad) -> Step:
    if not pad.agrees:
        return await _ask(desk, one, Pad(pad.goal, is_new=True), is_wrong=True)
    await pins.put(desk.tx, one.person_id, desk.chat.id, pad.pin, desk.now)
    await _note(desk, one.person_id, "pin")
    return Step((PinRight(is_new=True), *await _reach(desk, one, pad.goal)), open_state(desk))


async def _enter(desk: Desk, one: Known, pad: Pad) -> Step:
    who = (one.person_id, desk.chat.id)
    if await pins.is_limited(desk.tx, *who, desk.now):
        return Step((PinLimited(),), open_state(desk))
    if not await pins.opens(desk.tx, *who, pad.pin, desk.now):
        return await _ask(desk, one, Pad(pad.goal, is_new=False), is_wrong=True)
    return Step((PinRight(is_new=False), *await _reach(desk, one, pad.goal)), open_state(desk))


async def _reach(desk: Desk, one: Known, goal: Goal) -> tuple[Event, ...]:
    """Do what was wanted; each of these is written down."""
    match goal:
        case "whole":
            await _note(desk, one.person_id, "view")
            sections = await whole_sections(desk, one)
            return (RecordOpened(one.subject, one.shown.reported_on, sections),)
        case "copy" if desk.chat.channel == "web":
            return (CopyReady(grant_for(desk.tx, desk.chat.id, one.person_id, desk.now)),)
        case "copy":
            await _note(desk, one.person_id, "copy")
            return (CopyGiven(await copy_of(desk, one)),)
        case "code":
            await _note(desk, one.person_id, "code")
            code = await return_codes.issue(desk.tx, one.person_id, desk.now)
            return (ReturnCodeGiven(one.shown, code),)
        case "change":
            await pins.drop(desk.tx, one.person_id, desk.chat.id)
            return (PinAsked(one.subject, Pad("whole", is_new=True), is_first=True),)


async def _note(desk: Desk, person_id: str, action: str) -> None:
    await audits.write(
        desk.tx,
        actor=f"chat:{desk.chat.id}",
        action=action,
        scope=f"person:{person_id}",
        now=desk.now,
    )
