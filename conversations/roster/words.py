"""The words of roster files, as `conversations/forms/roster.toml` lists them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

# Roles without which a row is nobody; a township may also be the same for the whole file.
NEEDED: Final = ("name", "id_number", "township")
CODED: Final = ("ethnicity", "political_status", "education", "labour_capacity")
_MARKS: Final = re.compile(r"[\s*★☆#＊·.。:：、,，/\\_\-—“”\"'()（）\[\]【】<>《》0-9①-⑳]+")
_BRACKETS: Final = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_LEADING: Final = re.compile(r"^[\s*★☆#0-9.、]+")


@dataclass(frozen=True)
class Words:
    """What columns are called and what stands in them.

    Args of the constructor:
        titles: by role; the first is what we write.
        before, after: words around a title that do not change what it means.
        others: words that make a column somebody else's.
        choices: what files write for a choice, by role, then by code.
    """

    titles: Mapping[str, tuple[str, ...]]
    before: tuple[str, ...]
    after: tuple[str, ...]
    others: tuple[str, ...]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Return the role of each known title, folded; a role is a title of its own."""
        known = {role: role for role in self.titles}
        for role, titles in self.titles.items():
            known |= {form: role for title in titles for form in forms_of(title)}
        return known

    def role_of(self, title: str) -> str | None:
        """Return the role that a title names without a doubt, None for any other title."""
        if self.is_anothers(title):
            return None
        for form in forms_of(title):
            if role := self.roles.get(form) or self.roles.get(self._bare(form)):
                return role
        return None

    def is_anothers(self, title: str) -> bool:
        """Tell whether a title speaks of somebody or something beside the person."""
        return any(word in title for word in self.others)

    def _bare(self, form: str) -> str:
        for word in sorted(self.before, key=len, reverse=True):
            if form.startswith(word) and len(form) > len(word):
                form = form.removeprefix(word)
                break
        for word in self.after:
            if form.endswith(word) and len(form) > len(word):
                form = form.removesuffix(word)
        return form


def words_of(table: Mapping[str, Any]) -> Words:
    """Return the words of a table as TOML gives it."""
    return Words(
        titles={role: tuple(titles) for role, titles in table["titles"].items()},
        before=tuple(table["around"]["before"]),
        after=tuple(table["around"]["after"]),
        others=tuple(table["others"]["words"]),
        choices={
            role: {code: tuple(said) for code, said in by_code.items()}
            for role, by_code in table["words"].items()
        },
    )


def folded(title: str) -> str:
    """Return a title without width, spaces, marks and capitals."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", title)).casefold()


def forms_of(title: str) -> tuple[str, ...]:
    """Return the ways to read a title: as it is, and without what stands in brackets."""
    wide = unicodedata.normalize("NFKC", title).replace("（", "(").replace("）", ")").strip()
    if wide.casefold().isascii():
        return (wide.casefold(),)
    return tuple(dict.fromkeys((folded(wide), folded(_BRACKETS.sub("", wide)))))
