"""What may be put into a text of a prompt, as the staff read and write it: in their own language.

A text is kept with the names of conversations/wordings.py, whatever language it was written in.
"""

import re
from collections.abc import Mapping
from typing import Final

from bot.texts import Texts

_NAMED: Final = re.compile(r"\{\s*([^{}]*?)\s*\}")
_WORDS: Final[Mapping[str, str]] = {
    "station": "staff.followups.word_station",
    "county": "staff.followups.word_county",
    "year": "staff.followups.word_year",
    "contact": "staff.followups.word_contact",
    "days": "staff.followups.word_days",
    "trade": "staff.followups.word_trade",
    "deadline": "staff.followups.word_deadline",
}


def placeholder(texts: Texts, name: str) -> str:
    """Return a placeholder as it is read; one that we do not know stays as it was written."""
    return f"{{{texts(_WORDS[name]) if name in _WORDS else name}}}"


def placeholders(texts: Texts) -> str:
    """Return all that may be put in."""
    return " ".join(placeholder(texts, name) for name in _WORDS)


def as_read(texts: Texts, template: str) -> str:
    """Return a text with its placeholders as the staff read them."""
    return _NAMED.sub(lambda found: placeholder(texts, found[1]), template)


def as_kept(texts: Texts, written: str) -> str:
    """Return a text with its placeholders as they are kept."""
    names = {texts(key): name for name, key in _WORDS.items()}
    return _NAMED.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", written)
