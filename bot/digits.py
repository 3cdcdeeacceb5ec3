"""Answering by digits alone: which digits stand for which button, and what typed ones mean.

Numbers go in the order of the buttons. 0 is what leads on without a choice (skip, keep, submit, up
again), 9 the next page of a long list. What deletes has no digit, on purpose: it must be pressed.
"""

import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.channel import Address
from bot.messages import Button, Message, Outgoing
from conversations.buttons import Press, Verb, decode
from conversations.dialogue.digits import NEXT, ONWARD
from conversations.lobby.wishes import Wish
from conversations.reply import Reply, Tap, Text
from conversations.talk import TalkWish

_COUNTED: Final = (Verb.ANSWER, Verb.TOGGLE, Verb.CHANGE, Verb.COMPARE, Verb.REVIEW, Verb.MENU)
_ONWARD: Final = (Verb.KEEP, Verb.SKIP, Verb.SUBMIT)
_LASTS: Final = timedelta(minutes=15)
_REMEMBERED: Final = 50_000


def numbers_of(message: Message) -> dict[str, str]:
    """Return the digits of a message's buttons: digits -> the button's data."""
    presses = list(_presses(message))
    is_offer = any(press.verb is Verb.CHANGE for _, press in presses)
    is_number = message.input_hint == "numeric"
    found: dict[str, str] = {}
    count = 0
    for button, press in presses:
        digits = _fixed(press, is_offer=is_offer)
        if digits == ONWARD and is_number:
            continue
        if not digits and _is_counted(button, press, is_offer=is_offer):
            count += 1
            digits = str(count)
        if digits == NEXT:
            found[digits] = button.data
        elif digits:
            found.setdefault(digits, button.data)
    return found


def numbered(message: Message) -> Message:
    """Return the message with its digits before the labels."""
    digits = {data: number for number, data in numbers_of(message).items()}
    rows = tuple(tuple(_with_digits(button, digits) for button in row) for row in message.rows)
    return replace(message, rows=rows)


def with_digits(outgoing: Outgoing) -> Outgoing:
    """Return what a turn shows, with digits before the labels of what waits for a reply."""
    return replace(
        outgoing,
        messages=(*outgoing.messages[:-1], *map(numbered, outgoing.messages[-1:])),
        redraw=outgoing.redraw and numbered(outgoing.redraw),
    )


def _presses(message: Message) -> Iterator[tuple[Button, Press]]:
    for button in (button for row in message.rows for button in row):
        press = decode(button.data)
        if press is not None:
            yield button, press


def _fixed(press: Press, *, is_offer: bool) -> str:
    """Return the digits of a button that has the same ones everywhere, else ""."""
    if press.verb in _ONWARD and not (press.verb is Verb.KEEP and is_offer):
        return ONWARD
    if press.verb is Verb.REVIEW and press.value == "all":
        return ONWARD
    return NEXT if press.verb is Verb.PAGE and press.value != "all" else ""


def _is_counted(button: Button, press: Press, *, is_offer: bool) -> bool:
    # In a talk a digit is a word to the other side.
    if press.value == TalkWish.END or press.value.startswith(f"{Wish.HEAR}-"):
        return False
    if button.style == "danger":
        return False
    return press.verb in _COUNTED or (press.verb is Verb.KEEP and is_offer)


def _with_digits(button: Button, digits: Mapping[str, str]) -> Button:
    number = digits.get(button.data)
    return replace(button, label=f"{number} {button.label}") if number else button


@dataclass(frozen=True, slots=True)
class _Menu:
    """What digits mean in one chat since a moment."""

    buttons: Mapping[str, str]
    at: datetime


class Menus:
    """The menu that each chat saw last, in memory: forgetting one costs showing it again.

    Questions are not kept here: what digits mean there, the interview itself knows.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._menus: OrderedDict[Address, _Menu] = OrderedDict()

    def meant(self, address: Address, reply: Reply) -> Reply:
        """Return the tap that typed digits stand for in this chat; any other reply as it is."""
        menu = self._menus.get(address)
        if menu is None or not isinstance(reply, Text) or reply.edited or reply.forwarded:
            return reply
        data = menu.buttons.get(unicodedata.normalize("NFKC", reply.text[:8]).strip(" 。.,，"))
        if data is None or self._clock() - menu.at > _LASTS:
            return reply
        return Tap(decode(data))

    def note(self, address: Address, outgoing: Outgoing) -> None:
        """Keep the menu that a turn ends with; what else it ends with, ends the menu."""
        if not outgoing.messages:
            return
        self._menus.pop(address, None)
        last = outgoing.messages[-1]
        # The first letter on the wire is the verb; most turns end with a question.
        verbs = {button.data[:1] for row in last.rows for button in row}
        if verbs & {Verb.MENU, Verb.CHANGE} and (buttons := numbers_of(last)):
            self._menus[address] = _Menu(buttons, self._clock())
            if len(self._menus) > _REMEMBERED:
                self._menus.popitem(last=False)
