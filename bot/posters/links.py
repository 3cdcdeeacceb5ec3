"""What the QR codes hold: the chat of the bot, and the page, each at a place or for a person."""

from dataclasses import dataclass
from typing import Final

# What tells a personal code from a place in a link.
PERSONAL: Final = "p_"


@dataclass(frozen=True, slots=True)
class Links:
    """The two ways in, of which one may be missing.

    Args of the constructor:
        bot: the bot's name without @; "" when only the page is used.
        page: the public address of the page, without a slash at the end; "" when there is none.
    """

    bot: str
    page: str

    def chat(self, code: str) -> str:
        """Return the link that opens the chat at a place; a payload takes 64 of A-Z a-z 0-9 _ -
        (Bot API, deep linking).
        """
        return f"https://t.me/{self.bot}?start={code}" if self.bot else ""

    def personal(self, code: str) -> str:
        """Return the link that brings a personal code to the chat."""
        return self.chat(f"{PERSONAL}{code}")

    def site(self, code: str) -> str:
        """Return the address of the page at a place."""
        return f"{self.page}/s/{code}" if self.page else ""
