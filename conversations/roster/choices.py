"""Codes for what stands in the coded columns: a code, a label, or what files write for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from conversations.replies.characters import bared
from conversations.roster.words import CODED, Words
from conversations.xform.question import Choice

GENDER: Final = "gender"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the coded columns may hold; `codes` by role, then by folded word."""

    codes: Mapping[str, Mapping[str, str]]
    _found: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the roles that the form asks for; what only checks a number is left out."""
        return tuple(role for role in self.codes if role != GENDER)

    def code(self, role: str, said: str) -> str:
        """Return the code that words stand for, "" for none or more than one."""
        if (role, said) not in self._found:
            by_word = self.codes.get(role, {})
            self._found[role, said] = by_word.get(said) or by_word.get(bared(said), "")
        return self._found[role, said]


def choices_of(choices: Mapping[str, Sequence[Choice]], words: Words) -> Choices:
    """Return the codes by what files write: the form's own labels before anything else."""
    found: dict[str, Mapping[str, str]] = {}
    for role in (*CODED, GENDER):
        known = {choice.name for choice in choices.get(role, ())}
        by_word: dict[str, str] = {}
        for code, said in words.choices.get(role, {}).items():
            if role == GENDER or code in known:
                by_word |= {bared(word): code for word in said}
        for choice in choices.get(role, ()):
            by_word |= {bared(choice.label): choice.name, choice.name: choice.name}
            by_word.setdefault(choice.name.lstrip("0"), choice.name)
        if by_word:
            found[role] = by_word
    return Choices(found)
