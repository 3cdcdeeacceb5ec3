"""The lines of the audit in words: who, what, about whom, and why."""

import json
import re
from typing import Final

from bot.staff.naming import place_name
from bot.texts import Texts
from bot.web.console.frame import Console
from conversations.lobby.wishes import tag_of

# What the program itself notes as the reason: a word, behind the id of what it was about.
_NOTED: Final = re.compile(r"(?:(?:batch|roster|answers|template):\S+ )?([a-z][a-z_.]*)")
_TAKEN: Final = re.compile(r"(?:batch:)?\S+ (\d+): (.*)", re.DOTALL)
_DOWNLOADED: Final = re.compile(r"CSV (\S+)\.\.(\S+): (.*)", re.DOTALL)


def actions_in(texts: Texts) -> list[tuple[str, str]]:
    """Return the deeds that the catalogue has words for, to choose from."""
    prefix = "console.deed."
    keys = [key for key in texts.sentences if key.startswith(prefix)]
    return [(key.removeprefix(prefix), texts(key)) for key in keys]


def action_in_words(texts: Texts, action: str) -> str:
    """Return what was done, or tried, in words; a deed without words by its own name."""
    plain = action.removesuffix(".refused")
    key = f"console.deed.{plain}"
    words = texts(key) if key in texts.sentences else plain
    return texts("console.audit.refused", what=words) if plain != action else words


def in_words(console: Console, text: str, name: str) -> str:
    """Return who, or whom it was about, in words: of accounts the name, of people only a tag."""
    texts = console.world.texts
    kind, _, rest = text.partition(":")
    key = f"console.audit.of_{kind}"
    if key not in texts.sentences:
        return text
    if kind == "place":
        named = place_name(console.world.places, rest)
        return texts(key, name=named or texts("staff.accounts.province"))
    if kind in ("county", "township") and (place := console.world.places.by_code(rest, kind)):
        return texts("console.audit.of_place", name=place.name)
    return texts(key, name=name or tag_of(rest) if rest else "", tag=tag_of(rest), rest=rest)


def why_in_words(texts: Texts, detail: str) -> str:
    """Return the reason of a line; what the program noted itself is said in words too."""
    if detail.startswith("{"):
        kept = json.loads(detail)
        return str(kept.get("reason", "")) if isinstance(kept, dict) else detail
    if found := _NOTED.fullmatch(detail):
        key = f"console.audit.noted.{found[1]}"
        return texts(key) if key in texts.sentences else detail
    if found := _TAKEN.fullmatch(detail):
        return texts("console.audit.took", part=found[1], why=found[2])
    if found := _DOWNLOADED.fullmatch(detail):
        return texts("console.audit.downloaded", first=found[1], last=found[2], why=found[3])
    return detail
