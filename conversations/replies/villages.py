"""Which known village typed words mean."""

import re
from collections.abc import Iterable
from typing import Final

from conversations.replies.characters import plain

_ENDINGS: Final = re.compile(
    r"(?:(?:社区|村)?(?:村民委员会|居民委员会|村委会|居委会)|村|社区|庄|镇|乡|街道|办事处|县|市|区)$"
)


def matched(words: str, names: Iterable[str]) -> str | None:
    """Return the one name that the words are, with or without its ending; None when unsure."""
    wanted = plain(words).replace(" ", "")
    known = tuple(names)
    if wanted in known:
        return wanted
    same = [
        name
        for name in known
        if stem_of_village(wanted) and stem_of_village(name) == stem_of_village(wanted)
    ]
    return same[0] if len(same) == 1 else None


def stem_of_village(name: str) -> str:
    """Return a village's name without the word for its kind."""
    stem = _ENDINGS.sub("", name)
    return stem if len(stem) > 1 else name
