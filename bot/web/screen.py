"""What stands on one chat's page: pure values, folded turn by turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.messages import Message, Outgoing

_KEPT_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What the person did: typed or tapped words; `press` is the button's data, "" when typed.

    Of a reply that must not be seen again, `words` are what stands in its place.
    """

    words: str
    press: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A bubble that nobody can answer any more."""

    who: Literal["bot", "me"]
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """The end of a chat: what is over, what can be answered, a short status line, a clip."""

    past: tuple[Line, ...] = ()
    messages: tuple[Message, ...] = ()
    toast: str = ""
    clip: str = ""


def said_with(press: str, shown: Sequence[Message]) -> Said:
    """Return a tap in words: the label of the button among the messages on show."""
    buttons = (button for message in shown for row in message.rows for button in row)
    label = next((button.label for button in buttons if button.data == press), "")
    return Said(label, press)


def own_line(said: Said, outgoing: Outgoing) -> Line | None:
    """Return the person's own bubble; none for a tap that is told in another way."""
    is_new = outgoing.messages and outgoing.settle is None and outgoing.redraw is None
    is_told = is_new or outgoing.hide_reply
    words = "".join(char for char in said.words if char.isprintable() or char == "\n")
    return Line("me", words) if words and (is_told or not said.press) else None


def fold(before: Screen, said: Said, outgoing: Outgoing) -> Screen:
    """Return the screen after a turn; what was open before it is past when something new came."""
    own = own_line(said, outgoing)
    told = [] if outgoing.settle is None else [Line("bot", outgoing.settle)]
    told += [] if own is None else [own]
    if outgoing.messages:
        settled = said.press if outgoing.settle is not None else ""
        over = _over([m for m in before.messages if not _holds(m, settled)], outgoing)
        return Screen(
            _latest(*before.past, *over, *told), outgoing.messages, outgoing.toast, outgoing.clip
        )
    left = tuple(message for message in before.messages if not _holds(message, said.press))
    if outgoing.redraw is not None:
        left = _redrawn(before.messages, said.press, outgoing.redraw)
    elif outgoing.settle is None:
        left = before.messages
    return Screen(_latest(*before.past, *told), left, outgoing.toast, outgoing.clip)


def continued(screen: Screen, standing: Outgoing) -> Screen:
    """Return a screen that something else overtook: its messages are past, what stands is open."""
    over = _over(screen.messages, standing)
    return Screen(_latest(*screen.past, *over), standing.messages, screen.toast)


def _over(messages: Sequence[Message], new: Outgoing) -> list[Line]:
    repeated = {message.text for message in new.messages}
    return [Line("bot", m.text) for m in messages if m.text not in repeated]


def _latest(*lines: Line) -> tuple[Line, ...]:
    return lines[-_KEPT_LINES:]


def _holds(message: Message, press: str) -> bool:
    return any(button.data == press for row in message.rows for button in row)


def _redrawn(shown: Sequence[Message], press: str, redraw: Message) -> tuple[Message, ...]:
    if not any(_holds(message, press) for message in shown):
        return (*shown[:-1], redraw)
    return tuple(redraw if _holds(message, press) else message for message in shown)
