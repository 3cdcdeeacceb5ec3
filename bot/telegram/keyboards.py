"""Message -> the messages that Telegram takes: within its limits, with its keyboards."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.messages import Button, Message
from bot.telegram.wording import Wording

MAX_TEXT: Final = 4096
MAX_TOAST: Final = 200

# InlineKeyboardMarkup, ReplyKeyboardMarkup or ReplyKeyboardRemove, as the Bot API writes them.
Markup = dict[str, Any]
INLINE: Final = "inline_keyboard"


@dataclass(frozen=True, slots=True)
class Draft:
    """One sendMessage."""

    text: str
    markup: Markup | None = None
    protect: bool = False


def drafts(messages: tuple[Message, ...], *, keyboard_up: bool, wording: Wording) -> list[Draft]:
    """Return what to send, in order.

    A message carries one keyboard only (Bot API), so the offer to share the number, and taking
    it away again, ride on a message without buttons or come as a short one of their own.

    Args:
        keyboard_up: the offer of an earlier question is still on the person's screen.
    """
    plan = [draft for message in messages for draft in _parts(message)]
    if any(message.ask_phone for message in messages):
        return _carry(plan, _offer(wording), wording.phone_offer)
    if keyboard_up and plan:
        return _carry(plan, {"remove_keyboard": True}, wording.phone_done)
    return plan


def inline(rows: tuple[tuple[Button, ...], ...]) -> Markup | None:
    """Return the buttons of a message, None when it has none."""
    if not rows:
        return None
    return {INLINE: [[_button(button) for button in row] for row in rows]}


def split(text: str, limit: int = MAX_TEXT) -> Iterator[str]:
    """Yield the text in pieces that Telegram takes, cut at line ends where there are any.

    Counted in UTF-16 units, the stricter of the two countings that Telegram is known for.
    """
    while _units(text) > limit:
        head = clip(text, limit)
        cut = head.rfind("\n")
        cut = cut if cut > 0 else len(head)
        yield text[:cut]
        text = text[cut:].removeprefix("\n")
    yield text


def clip(text: str, limit: int) -> str:
    """Return the longest beginning of the text that is within so many UTF-16 units."""
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return encoded.decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(message: Message) -> Iterator[Draft]:
    *leading, last = split(message.text)
    for piece in leading:
        yield Draft(piece, protect=message.protect)
    yield Draft(last, inline(message.rows), message.protect)


def _carry(plan: list[Draft], markup: Markup, words: str) -> list[Draft]:
    for place, draft in enumerate(plan):
        if draft.markup is None:
            plan[place] = Draft(draft.text, markup, draft.protect)
            return plan
    return [Draft(words, markup), *plan]


def _offer(wording: Wording) -> Markup:
    button = {"text": wording.phone_button, "request_contact": True}
    return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}


def _button(button: Button) -> dict[str, str]:
    made = {"text": button.label, "callback_data": button.data}
    return {**made, "style": button.style} if button.style else made
