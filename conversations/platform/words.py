"""The words of the platform's result files: titles, results, reasons."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Who = Literal["worker", "station", "county"]
Verdict = Literal["accepted", "rejected"]
Column = Literal["number", "line", "status", "reason"]

# What is denied goes before what is affirmed: 未通过 holds 通过.
VERDICTS: Final[tuple[Verdict, ...]] = ("rejected", "accepted")
COLUMNS: Final[tuple[Column, ...]] = ("number", "line", "status", "reason")
_DIGITS: Final = re.compile(r"[0-9][0-9xX*•.\-]*")
_DENIED: Final = re.compile("[未不]")
_LONG_DIGITS: Final = re.compile(r"[0-9*]{5,}")
_LONGEST: Final = 200
_LONGEST_RESULT: Final = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """What a reason of the platform comes to.

    Args of the constructor:
        key: of a known kind of reason, "answer" where it names answers, "" for none of them.
        roles: the answers that it names.
        who: who can mend it, as proposed.
    """

    key: str
    roles: tuple[str, ...]
    who: Who


@dataclass(frozen=True, slots=True)
class Kind:
    """A known kind of reason: its words, and who can mend it."""

    key: str
    words: tuple[str, ...]
    who: Who


@dataclass(frozen=True, slots=True)
class Words:
    """What forms/platform.toml says."""

    titles: Mapping[Column, tuple[str, ...]]
    status: Mapping[str, Verdict]
    kinds: tuple[Kind, ...]
    roles: tuple[tuple[str, str], ...]
    asked: frozenset[str]

    def column_of(self, title: str) -> Column | None:
        """Return what a title means, None for nothing known."""
        bare = folded(title)
        return next((name for name in COLUMNS if bare in self.titles[name]), None)

    def verdict_of(self, cell: str) -> Verdict | None:
        """Return what a result cell says, None when it is not understood.

        "导入失败：手机号错误" says 失败.
        """
        bare = folded(cell)
        if bare in self.status:
            return self.status[bare]
        for verdict in VERDICTS:
            if any(
                len(word) > 1 and word in bare
                for word, means in self.status.items()
                if means == verdict
            ):
                is_denied = verdict == "accepted" and bool(_DENIED.search(bare))
                return "rejected" if is_denied else verdict
        return None

    def is_plain_success(self, cell: str) -> bool:
        """Tell whether a cell says that all is well, and nothing else."""
        return self.status.get(folded(cell)) == "accepted"

    def refused(self, reason: str) -> Refused:
        """Return what a reason comes to."""
        bare = folded(reason)
        for kind in self.kinds:
            if any(word in bare for word in kind.words):
                return Refused(kind.key, self._named(bare), kind.who)
        roles = self._named(bare)
        if not roles:
            return Refused("", (), "station")
        return Refused("answer", roles, "worker" if roles[0] in self.asked else "station")

    def _named(self, bare: str) -> tuple[str, ...]:
        """Return the roles that are named, each piece of the text used once, in its order."""
        found: dict[int, str] = {}
        for word, role in self.roles:
            at = bare.find(word)
            if at >= 0 and role not in found.values():
                found[at] = role
                bare = bare.replace(word, "\x00" * len(word))
        return tuple(found[at] for at in sorted(found))


def words_of(table: Mapping[str, Any]) -> Words:
    """Return the words of a read platform.toml."""
    synonyms = [(folded(w), role) for role, words in table["roles"].items() for w in words]
    status: dict[str, Verdict] = {}
    for verdict in VERDICTS:
        status |= {folded(word): verdict for word in table["status"][verdict]}
    return Words(
        {name: tuple(map(folded, table["titles"][name])) for name in COLUMNS},
        status,
        tuple(Kind(one["key"], tuple(one["words"]), one["who"]) for one in table["reasons"]),
        tuple(sorted(synonyms, key=lambda pair: -len(pair[0]))),
        frozenset(table["asked"]["roles"]),
    )


def folded(text: str) -> str:
    """Return a text as it is compared: widths as usual, no spaces, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def group_of(reason: str) -> str:
    """Return what reasons have in common that differ in numbers only; that also masks them."""
    plain = " ".join(unicodedata.normalize("NFKC", reason).split())
    return _DIGITS.sub("#", plain)[:_LONGEST]


def result_word(cell: str) -> str:
    """Return a cell of the result column as it is compared and shown, without long numbers."""
    return _LONG_DIGITS.sub("#", folded(cell))[:_LONGEST_RESULT]
