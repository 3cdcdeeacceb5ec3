"""What the operator may set about the Telegram channel."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

API_URL: Final = "https://api.telegram.org/bot"
API_FILE_URL: Final = "https://api.telegram.org/file/bot"


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """Settings of one bot.

    Args of the constructor, where not plain:
        base_url: as python-telegram-bot's: the token is put behind it.
        webhook_url: public https address; its path is served by `TelegramChannel.routes`.
        webhook_secret: 1 to 256 of A-Z a-z 0-9 _ - (Bot API, setWebhook).
        width: how many turns, and how many calls, may be under way at once.
        long_poll: how long getUpdates may wait; at most 50 s (Bot API).
        answer_within: how long one call may take before it counts as unanswered.
        backoff: the first pause after a failed call; each next one is twice as long.
        tries: how often one call is made before it is given up.
        tap_lifetime: how long Telegram keeps a tap for a bot that is away; after a longer outage
            the open question is shown again.
        unsent: how many turns may wait for delivery before no more updates are asked for.
    """

    token: str
    base_url: str = API_URL
    base_file_url: str = API_FILE_URL
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: str = ""
    width: int = 64
    long_poll: timedelta = timedelta(seconds=30)
    answer_within: timedelta = timedelta(seconds=20)
    backoff: timedelta = timedelta(seconds=0.5)
    tries: int = 8
    tap_lifetime: timedelta = timedelta(seconds=150)
    unsent: int = 2000

    def __post_init__(self) -> None:
        if self.mode == "webhook" and not (self.webhook_url and self.webhook_secret):
            raise ValueError("webhook mode needs telegram.webhook_url and telegram.webhook_secret")

    @property
    def source(self) -> str:
        """The bot's id: the part of the token that is no secret."""
        return self.token.partition(":")[0]
