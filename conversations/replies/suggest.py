"""Which known names typed words may mean."""

import re
from collections.abc import Iterable
from typing import Final

from conversations.replies.characters import plain

_ENDINGS: Final = re.compile(
    r"(?:(?:社区|村)?(?:村民委员会|居民委员会|村委会|居委会)|村|社区|庄|镇|乡|街道|办事处|县|市|区)$"
)


def suggest(words: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that fit, best first: the same, begun with, holding, in this order.

    The words may lack the ending (东张 for 东张村) or be more than the name (东张村三组).
    """
    wanted = plain(words).replace(" ", "")
    stem = _stem(wanted)
    if not stem:
        return ()
    ranked = [(_rank(wanted, stem, name), name) for name in names]
    return tuple(name for rank, name in sorted(ranked, key=lambda pair: pair[0]) if rank < 9)


def matched(words: str, names: Iterable[str]) -> str | None:
    """Return the one name that the words are, with or without its ending; None when unsure."""
    wanted = plain(words).replace(" ", "")
    known = tuple(names)
    if wanted in known:
        return wanted
    same = [name for name in known if _stem(wanted) and _stem(name) == _stem(wanted)]
    return same[0] if len(same) == 1 else None


def _rank(wanted: str, stem: str, name: str) -> int:
    if name == wanted:
        return 0
    if _stem(name) == stem:
        return 1
    if name.startswith(stem):
        return 2
    if stem in name:
        return 3
    return 4 if len(_stem(name)) > 1 and _stem(name) in wanted else 9


def _stem(name: str) -> str:
    stem = _ENDINGS.sub("", name)
    return stem if len(stem) > 1 else name
