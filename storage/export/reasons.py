"""What is wrong with a record, in the words of the catalogue."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from conversations.record_rules import Finding

_TEXTS: Final = tomllib.loads(
    Path(__file__).with_name("texts.zh.toml").read_text(encoding="utf-8")
)
REASONS: Final[Mapping[str, str]] = _TEXTS["reasons"]
WHO: Final[Mapping[str, str]] = _TEXTS["who"]
WORDS: Final[Mapping[str, str]] = _TEXTS["words"]


def in_words(findings: Sequence[Finding], titles: Mapping[str, str], row: str = "") -> str:
    """Return all reasons in one text.

    Args:
        titles: column title by role, so that people read the words of their own template.
        row: row of the main file that a repeated identity number stands in.
    """
    return " ".join(
        REASONS[finding.key].format(
            titles=WORDS["and"].join(titles.get(role, role) for role in finding.roles), row=row
        )
        for finding in findings
    )
