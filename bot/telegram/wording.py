"""The few sentences that belong to Telegram itself and to no question."""

from dataclasses import dataclass
from typing import Final

from bot.texts import Texts

_MENU: Final = {
    "start": "telegram.menu_start",
    "me": "telegram.menu_me",
    "people": "telegram.menu_people",
    "back": "telegram.menu_back",
    "help": "telegram.menu_help",
    "why": "telegram.menu_why",
    "pause": "telegram.menu_pause",
    "stop": "telegram.menu_stop",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What people read that no turn wrote; `menu` is (command, description)."""

    group: str
    apology: str
    phone_button: str
    phone_offer: str
    phone_done: str
    menu: tuple[tuple[str, str], ...]


def read_wording(texts: Texts) -> Wording:
    """Return the wording of a language."""
    return Wording(
        group=texts("telegram.group"),
        apology=texts("telegram.apology"),
        phone_button=texts("telegram.phone_button"),
        phone_offer=texts("telegram.phone_offer"),
        phone_done=texts("telegram.phone_done"),
        menu=tuple((command, texts(key)) for command, key in _MENU.items()),
    )
