"""The page that one turn fills: lines that lead up to a message, then its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.clips.pack import ID_LENGTH
from bot.messages import Button, ButtonStyle, Message, Outgoing
from bot.texts import Texts
from conversations.buttons import Press, Verb, encode
from conversations.lobby.wishes import Wish, menu_press

# Of one button's data, that is five recordings.
_MOST_HEARD: Final = 5 * ID_LENGTH


@dataclass(slots=True)
class Page:
    """Collects what the events of one turn say; `outgoing` closes it.

    Lines that come before a question share its message, so that a turn is one message. `mark` and
    `mark_row` stand on every message of the turn, above its lines and below its buttons.
    """

    texts: Texts
    interview: int
    revision: int
    tapped: bool
    lines: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    toast: str = ""
    settle: str | None = None
    settle_open: str | None = None
    redraw: Message | None = None
    hide_reply: bool = False
    has_notice: bool = False
    listens: bool = False
    clip: str = ""
    clear: bool = False
    mark: str = ""
    mark_row: tuple[Button, ...] = ()

    def say(self, key: str, **params: str) -> None:
        """Add a sentence of the catalogue."""
        self.lines.append(self.texts(key, **params))

    def button(self, key: str, press: Press, style: ButtonStyle = "", **params: str) -> Button:
        """Return a button with a label of the catalogue."""
        return Button(self.texts(f"button.{key}", **params), encode(press), style)

    def labelled(self, label: str, press: Press) -> Button:
        """Return a button with a label that is no sentence: a digit, a day."""
        return Button(label, encode(press))

    def press(self, verb: Verb, question: int = -1, value: str = "") -> Press:
        """Return a press of this interview at this revision."""
        return Press(verb, self.interview, question, self.revision, value)

    def close(self, rows: Iterable[Iterable[Button]] = (), **kind: object) -> None:
        """Make one message of the lines so far; a mark stands on each."""
        if not any(self.lines):
            return
        text = "\n\n".join(line for line in (self.mark, *self.lines) if line)
        kept = (*(tuple(row) for row in rows), self._hear(), self.mark_row)
        self.messages.append(Message(text, tuple(row for row in kept if row), **kind))  # type: ignore[arg-type]
        self.lines.clear()

    def _hear(self) -> tuple[Button, ...]:
        """Return the button that reads the lines aloud; a notice is read with its question."""
        clip = "" if self.has_notice else self.texts.voice.lines(self.lines)
        if not clip:
            return ()
        return (self.button("hear", menu_press(Wish.HEAR, clip[:_MOST_HEARD])),)

    def part(self) -> None:
        """Keep a notice apart from what follows: an answered question's message is replaced."""
        if self.has_notice:
            self.close()
            self.has_notice = False

    def outgoing(self) -> Outgoing:
        """Return all that the turn shows."""
        self.close()
        return Outgoing(
            tuple(self.messages),
            self.toast,
            self.settle,
            self.redraw,
            self.hide_reply,
            self.settle_open,
            self.listens,
            self.clip,
            self.texts.language,
            self.clear,
        )
