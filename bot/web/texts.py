"""What the page itself says from code, by the catalogue; everything longer is in the templates."""

from typing import Final, NamedTuple

from bot.texts import Texts

_MENU: Final = (
    "web.menu_back",
    "web.menu_why",
    "web.menu_help",
    "web.menu_record",
    "web.menu_people",
    "web.menu_pause",
    "web.menu_stop",
    "web.menu_clear",
    "web.menu_human",
)
_REFUSED: Final = {
    400: ("web.refused_400", "web.refused_400_cure"),
    403: ("web.refused_403", "web.refused_403_cure"),
    404: ("web.refused_404", "web.refused_404_cure"),
    413: ("web.refused_413", "web.refused_413_cure"),
    429: ("web.refused_429", "web.refused_429_cure"),
    500: ("web.refused_500", "web.refused_500_cure"),
    503: ("web.refused_503", "web.refused_503_cure"),
}


class Words(NamedTuple):
    """A page about something that went wrong: what it is, and what to do now."""

    title: str
    text: str


def menu(texts: Texts) -> tuple[str, ...]:
    """Return the words that the conversation understands anywhere, other languages last."""
    names = (other("language.button") for other in others(texts).values())
    return (*(texts(key) for key in _MENU), *names)


def others(texts: Texts) -> dict[str, Texts]:
    """Return the catalogues of the other languages by code."""
    return {code: other for code, other in texts.all.items() if code != texts.language}


def refused(texts: Texts, status: int, *, is_foreign: bool) -> Words:
    """Return what a refusal says; a status without its own words says the same as 400."""
    if is_foreign:
        return Words(texts("web.foreign"), texts("web.foreign_cure"))
    title, cure = _REFUSED.get(status, _REFUSED[400])
    return Words(texts(title), texts(cure))
