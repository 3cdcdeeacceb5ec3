"""Characters: what to drop, what to fold, and what counts as Han or as a picture."""

import re
import unicodedata
from typing import Final

_FOLDED_SPACES: Final = re.compile(r"\s+")
_PUNCTUATION: Final = re.compile(r"[\s。.,，、;；!！?？~～'\"“”‘’()（）:：]+")
_INVISIBLE: Final = frozenset(("Cc", "Cf", "Cs"))
_SELECTORS: Final = frozenset("\ufe0e\ufe0f\u20e3")
_HAN: Final = (
    (0x3007, 0x3007),
    (0x3400, 0x9FFF),
    (0xE000, 0xF8FF),  # private use: old systems put rare characters of names there
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def cleaned(text: str) -> str:
    """Return the text without controls, invisible and direction marks, spaces folded to one."""
    spaced = _FOLDED_SPACES.sub(" ", text)
    kept = (c for c in spaced if unicodedata.category(c) not in _INVISIBLE and c not in _SELECTORS)
    return _FOLDED_SPACES.sub(" ", "".join(kept)).strip()


def plain(text: str) -> str:
    """Return the text for reading numbers and options: full width folded, pictures dropped.

    Not for names: NFKC replaces rare characters by their common forms.
    """
    folded = unicodedata.normalize("NFKC", cleaned(text))
    return cleaned("".join(c for c in folded if not is_picture(c)))


def is_picture(char: str) -> bool:
    """Tell whether the character is an emoji or another picture."""
    return unicodedata.category(char) in ("So", "Sk") and ord(char) > 0xFF


def is_han(char: str) -> bool:
    """Tell whether the character can stand in a Chinese name; newer planes are included whole."""
    return any(first <= ord(char) <= last for first, last in _HAN)


def bared(text: str) -> str:
    """Return the text folded for comparing: no punctuation, pictures, spaces or capitals."""
    return _PUNCTUATION.sub("", plain(text)).casefold()
