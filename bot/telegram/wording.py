"""The few sentences that belong to Telegram itself and to no question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.texts import Texts

_MENU: Final = {
    "start": "telegram.menu_start",
    "me": "telegram.menu_me",
    "people": "telegram.menu_people",
    "back": "telegram.menu_back",
    "help": "telegram.menu_help",
    "human": "telegram.menu_human",
    "why": "telegram.menu_why",
    "pause": "telegram.menu_pause",
    "stop": "telegram.menu_stop",
    "clear": "telegram.menu_clear",
    "language": "telegram.menu_language",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What people read that no turn wrote; `menu` is (command, description).

    `others` is the same in the other languages, by code. Whose language is not known reads `group`
    and `apology` in all of them.
    """

    group: str
    apology: str
    phone_button: str
    phone_offer: str
    phone_done: str
    menu: tuple[tuple[str, str], ...]
    others: Mapping[str, "Wording"] = field(default_factory=dict)

    def speaking(self, language: str) -> "Wording":
        """Return the wording of a language; this one when there is none."""
        return self.others.get(language, self)


def read_wording(texts: Texts) -> Wording:
    """Return the wording of a language, which knows those of the others."""
    codes = (code for code in texts.all if code != texts.language)
    others = {code: _read(texts.speaking(code), {}) for code in codes}
    own = _read(texts, others)
    return replace(
        own,
        group="\n".join((own.group, *(other.group for other in others.values()))),
        apology="\n".join((own.apology, *(other.apology for other in others.values()))),
    )


def _read(texts: Texts, others: Mapping[str, Wording]) -> Wording:
    return Wording(
        group=texts("telegram.group"),
        apology=texts("telegram.apology"),
        phone_button=texts("telegram.phone_button"),
        phone_offer=texts("telegram.phone_offer"),
        phone_done=texts("telegram.phone_done"),
        menu=tuple((command, texts(key)) for command, key in _MENU.items()),
        others=others,
    )
