"""What can go wrong between us and the Bot API, and whose mistake it is.

ChannelError         base; catch it, never raise it
├── TelegramRefused  the operator's: the token is not accepted; the start stops
└── Uncommitted      the world's: the turn was not kept; Telegram is to deliver the update again

What happened to one call is not an error but a value (outcomes.py).
"""


class ChannelError(Exception):
    """Anything that the Telegram channel could not do."""


class TelegramRefused(ChannelError):
    """Telegram does not know the token. The token itself is not part of the text."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refused the bot token: copy it again from @BotFather into telegram.token"
        )


class Uncommitted(ChannelError):
    """The database did not take the turn, so the update must not be confirmed."""
