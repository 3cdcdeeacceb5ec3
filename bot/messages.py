"""What a channel has to show after a turn: plain values, the same for Telegram and the web."""

from dataclasses import dataclass, field
from typing import Literal

ButtonStyle = Literal["", "primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """`data` is `conversations.buttons.encode(...)`: 64 bytes at most, opaque to channels."""

    label: str
    data: str
    style: ButtonStyle = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: plain text (no markup), rows of buttons in the order they are shown.

    `ask_phone` offers one-tap sharing of the own number where a channel can; `protect` says that
    personal data is in it (no forwarding); `input_hint` tells what kind of typing is expected
    ("text", "numeric", "tel", "none" when only buttons make sense). `grant` lets the page hand out
    a copy of the record as a file, "" for none.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    ask_phone: bool = False
    protect: bool = False
    input_hint: Literal["text", "numeric", "tel", "none"] = "text"
    grant: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """All that a turn shows.

    Args of the constructor:
        messages: new messages, in order; the last one holds the open question if there is one.
        toast: a short line shown where a button was tapped (Bot API: at most 200 characters).
        settle: text that takes the place of the tapped message and its buttons, None to leave it.
        redraw: takes the place of the tapped message, buttons included (paging, multiple choice).
        hide_reply: delete the person's own message from the chat (it held a whole number).
        settle_open: as `settle`, for an answer that was typed: it takes the place of the message
            that held the question's buttons, where a channel still shows them.
        clip: what is to be heard, as `bot.clips.pack` names it; "" for nothing.
        listens: somebody else may write into this chat now: a page asks for news by itself.
        clear: remove first what was said in this chat, as far as the channel can.
        language: code of the language it is in, "" when the chat is not known yet.
    """

    messages: tuple[Message, ...] = ()
    toast: str = ""
    settle: str | None = None
    redraw: Message | None = None
    hide_reply: bool = False
    settle_open: str | None = None
    listens: bool = False
    clip: str = ""
    language: str = ""
    clear: bool = False
