"""What became of one call to the Bot API: values, not errors.

Accepted is all that the Bot API can tell: nothing here means delivered or read.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.transport import Faulted, Halted, NoAnswer, NotReached

Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted. `message_id` is 0 where the call made no message.

    Of several calls `messages` are the numbers of all that they made.
    """

    message_id: int = 0
    messages: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot or left Telegram (403)."""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Not taken; worth another try at this time (aware UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """Not taken, and another try would not help. `reason` holds no words of the call."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """No answer came: it may have been taken. Never repeat what must not arrive twice."""


Delivery = Sent | Blocked | RetryAt | Failed | Unknown


@dataclass(frozen=True, slots=True)
class Wait:
    """Flood control: not taken, this chat has to wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreached:
    """Not taken through no fault of the call: no connection, or 5xx."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The message or the tap that the call was about is no longer there."""


Attempt = Sent | Blocked | Failed | Unknown | Wait | Unreached | Gone

_UNCHANGED: Final = "message is not modified"
_NO_CHAT: Final = "chat not found"
_GONE: Final = (
    "query is too old",
    "query id is invalid",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
)


async def attempt(call: Call) -> Attempt:
    """Make the call once and name what became of it."""
    try:
        result = await call()
    except Halted as halt:
        return Wait(halt.seconds)
    except Forbidden:
        return Blocked()
    except BadRequest as refusal:
        return _judge(refusal.message.lower())
    except NoAnswer:
        return Unknown()
    except (NotReached, Faulted):
        return Unreached()
    except TelegramError as error:
        return Failed(type(error).__name__)
    return Sent(int(result.get("message_id", 0)) if isinstance(result, dict) else 0)


def _judge(description: str) -> Sent | Gone | Blocked | Failed:
    if _UNCHANGED in description:
        return Sent()
    if any(words in description for words in _GONE):
        return Gone()
    if _NO_CHAT in description:
        return Blocked()
    return Failed("BadRequest")
