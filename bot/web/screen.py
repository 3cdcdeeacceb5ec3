"""What stands on one chat's page: pure values, folded turn by turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.messages import Message, Outgoing
from bot.web.texts import HIDDEN


@dataclass(frozen=True, slots=True)
class Said:
    """What the person did: typed or tapped words; `press` is the button's data, "" when typed."""

    words: str
    press: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A bubble that nobody can answer any more."""

    who: Literal["bot", "me"]
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The last exchange: what is over, what can be answered, and a short status line."""

    past: tuple[Line, ...] = ()
    messages: tuple[Message, ...] = ()
    toast: str = ""


def said_with(press: str, shown: Sequence[Message]) -> Said:
    """Return a tap in words: the label of the button among the messages on show."""
    buttons = (button for message in shown for row in message.rows for button in row)
    label = next((button.label for button in buttons if button.data == press), "")
    return Said(label, press)


def own_line(said: Said, outgoing: Outgoing) -> Line | None:
    """Return the person's own bubble; none for a tap that is told in another way."""
    if outgoing.hide_reply:
        return Line("me", HIDDEN)
    is_new = outgoing.messages and outgoing.settle is None and outgoing.redraw is None
    words = "".join(char for char in said.words if char.isprintable() or char == "\n")
    return Line("me", words) if words and (is_new or not said.press) else None


def fold(shown: Sequence[Message], said: Said, outgoing: Outgoing) -> Screen:
    """Return the screen after a turn, from the messages that were on show before it."""
    past = [] if outgoing.settle is None else [Line("bot", outgoing.settle)]
    own = own_line(said, outgoing)
    if own is not None:
        past.append(own)
    if outgoing.messages:
        return Screen(tuple(past), outgoing.messages, outgoing.toast)
    left = tuple(message for message in shown if not _holds(message, said.press))
    if outgoing.redraw is not None:
        left = _redrawn(shown, said.press, outgoing.redraw)
    elif outgoing.settle is None:
        left = tuple(shown)
    return Screen(tuple(past), left, outgoing.toast)


def continued(screen: Screen, standing: Outgoing) -> Screen:
    """Return a screen that something else overtook: its messages are past, what stands is open."""
    standing_texts = {message.text for message in standing.messages}
    over = (Line("bot", m.text) for m in screen.messages if m.text not in standing_texts)
    return Screen((*screen.past, *over), standing.messages, screen.toast)


def _holds(message: Message, press: str) -> bool:
    return any(button.data == press for row in message.rows for button in row)


def _redrawn(shown: Sequence[Message], press: str, redraw: Message) -> tuple[Message, ...]:
    if not any(_holds(message, press) for message in shown):
        return (*shown[:-1], redraw)
    return tuple(redraw if _holds(message, press) else message for message in shown)
