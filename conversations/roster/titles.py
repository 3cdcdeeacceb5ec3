"""Which column means what: by its title, and by what stands in it.

Nothing here decides for the clerk: a guess has a score, is shown, and can be corrected.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from conversations.replies.characters import is_han
from conversations.roster.words import Words, folded

Cells = Sequence[str]
Line = tuple[int, Cells]

SEARCHED: Final = 10
SURE: Final = 90
_ENOUGH: Final = 50
_TITLE: Final = 80
_INSIDE: Final = 45
_CONTENT: Final = 60
_ID: Final = re.compile(r"'?[1-9][0-9]{16}[0-9Xx]\s*")
_PHONE: Final = re.compile(r"'?1[3-9][0-9]{9}(?:\.0)?\s*")
_NUMBER: Final = re.compile(r"[0-9]{11,}")


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the titles stand.

    Args of the constructor:
        line: the last line of the heading, 0 where there is none.
        above: what stands before the titles: the name of the list, often of a place.
    """

    line: int
    titles: tuple[str, ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that probably holds a role; from SURE on nobody need look twice."""

    column: int
    score: int


def find_heading(lines: Sequence[Line], words: Words) -> Heading:
    """Return the titles among the first lines, in one line or in two with merged groups.

    A file that begins with people at once has no heading; its columns are then known by number.
    """
    first = lines[:SEARCHED]
    found: list[tuple[int, bool, int, tuple[str, ...]]] = []
    for at, (line, cells) in enumerate(first):
        if any(_NUMBER.search(cell) for cell in cells):
            break
        single = tuple(_one_line(cell) for cell in cells)
        found.append((_known(single, words), True, line, single))
        if at + 1 < len(first) and not any(_NUMBER.search(c) for c in first[at + 1][1]):
            double = _joined(cells, first[at + 1][1], words)
            found.append((_known(double, words), False, first[at + 1][0], double))
    # One line goes before two that say no more: above it stands the name of the list.
    best = max(found, key=lambda one: one[:2], default=(0, True, 0, ()))
    if best[0] == 0:
        return Heading(0, _numbered(first))
    _, _, line, titles = best
    above = tuple(_one_line(c) for number, cells in first if number < line for c in cells if c)
    return Heading(line, titles, above)


def guess_columns(titles: Cells, samples: Sequence[Cells], words: Words) -> dict[str, Guess]:
    """Return the likeliest column of each role; a column serves one role only."""
    columns = list(zip_longest(*samples, fillvalue="")) if samples else []
    scored = [
        (score, -at, role)
        for at, title in enumerate(titles)
        for role, score in _scores(title, columns[at] if at < len(columns) else (), words)
        if score >= _ENOUGH
    ]
    guesses: dict[str, Guess] = {}
    taken: set[int] = set()
    for score, minus_at, role in sorted(scored, reverse=True):
        if role not in guesses and -minus_at not in taken:
            guesses[role] = Guess(-minus_at, min(score, 100))
            taken.add(-minus_at)
    return guesses


def rivals(titles: Cells, words: Words) -> dict[str, tuple[str, ...]]:
    """Return the roles that more than one title names without a doubt, with those titles."""
    named: dict[str, list[str]] = {}
    for title in titles:
        if title and (role := words.role_of(title)):
            named.setdefault(role, []).append(title)
    return {role: tuple(those) for role, those in named.items() if len(those) > 1}


def key_of(titles: Iterable[str]) -> str:
    """Return the titles as they are remembered: the same however wide they are written."""
    return "\n".join(folded(title) for title in titles)


def _known(titles: Cells, words: Words) -> int:
    return len({role for title in titles if title and (role := words.role_of(title))})


def _joined(upper: Cells, lower: Cells, words: Words) -> tuple[str, ...]:
    """Return the titles of two lines: a merged cell has its words in the first of its cells."""
    titles = []
    group = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or group
        if not below:
            titles.append(above)
        elif words.role_of(below) or not group or group == below:
            # A group such as 户主信息 says whose the column is.
            titles.append(f"{group}{below}" if group and words.is_anothers(group) else below)
        else:
            titles.append(f"{group}{below}")
    return tuple(_one_line(title) for title in titles)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _numbered(lines: Sequence[Line]) -> tuple[str, ...]:
    width = max((len(cells) for _, cells in lines), default=0)
    return tuple(f"({at})" for at in range(1, width + 1))


def _scores(title: str, cells: Cells, words: Words) -> list[tuple[str, int]]:
    """Return how likely a column is each role."""
    by_title = _by_title(title, words)
    by_content = probe([cell for cell in cells if cell.strip()])
    known = words.role_of(title)
    scores: dict[str, int] = dict(by_title)
    for role, share in by_content.items():
        if known not in (None, role):
            continue
        cap = _ENOUGH - 10 if words.is_anothers(title) else 100
        scores[role] = min(cap, scores.get(role, 0) + round(share * _CONTENT))
    for role in ("id_number", "phone"):
        # A column with the right title and the wrong content: shown, but as a doubt.
        if role in by_title and cells and by_content.get(role, 0.0) < 0.3 and any(cells):
            scores[role] = min(scores[role], SURE - 20)
    return list(scores.items())


def _by_title(title: str, words: Words) -> Mapping[str, int]:
    role = words.role_of(title)
    if role is not None:
        return {role: _TITLE + 10 if role not in ("id_number", "phone") else _TITLE}
    if words.is_anothers(title) or not title:
        return {}
    inside = folded(title)
    lengths = {
        role: max((len(t) for t in map(folded, titles) if len(t) > 1 and t in inside), default=0)
        for role, titles in words.titles.items()
    }
    longest = max(lengths.values(), default=0)
    return {role: _INSIDE for role, length in lengths.items() if longest and length == longest}


def probe(cells: Sequence[str]) -> dict[str, float]:
    """Return which share of the cells looks like an identity number, a phone, a name."""
    if not cells:
        return {}
    shares = {
        "id_number": sum(bool(_ID.fullmatch(cell)) for cell in cells) / len(cells),
        "phone": sum(bool(_PHONE.fullmatch(cell)) for cell in cells) / len(cells),
    }
    names = sum(_looks_like_a_name(cell) for cell in cells) / len(cells)
    # Two to four characters may be a village or a state as well: half a hint.
    shares["name"] = names / 2 if len(set(cells)) * 2 > len(cells) else 0.0
    return {role: share for role, share in shares.items() if share >= 0.3}


def _looks_like_a_name(cell: str) -> bool:
    bare = cell.strip()
    return 2 <= len(bare) <= 4 and all(is_han(char) for char in bare)
