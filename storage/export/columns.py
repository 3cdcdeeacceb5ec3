"""Records to cells: what each column reads, made ready once per export."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from conversations.record_rules import Finding, Record
from storage.export.template import REVIEW, Column, Template

Wording = Literal["labels", "codes"]
Kind = Literal["text", "code", "month", "several", "review"]

_BETWEEN_LABELS: Final = "；"
_BETWEEN_CODES: Final = ","
_MONTH: Final = 7


def record(answers: Mapping[str, str], roles: Mapping[str, str]) -> dict[str, str]:
    """Return the given values by role.

    Args:
        answers: values by positioned path, those that are not relevant left out.
        roles: role by path, of the form version that was answered.
    """
    return {roles[path]: value for path, value in answers.items() if value and path in roles}


class Columns:
    """The columns of a template, ready to read records.

    Args:
        wording: labels or codes, for the columns that leave it open.
    """

    def __init__(self, template: Template, wording: Wording) -> None:
        self.template = template
        self.titles = _titles(template)
        readers = [_reader(template, column, wording) for column in template.columns]
        # Tuples, not attributes: this is looked at two million times in a county.
        self._readers = [(each.role, each.words, each.kind, each.limit, each) for each in readers]

    def cells(self, record: Record, review: str) -> tuple[list[str], list[Finding]]:
        """Return the text of each cell, "" for none, and what this template cannot take.

        Args:
            review: what staff should look at although the row is exported.
        """
        texts: list[str] = []
        unknown: list[str] = []
        long: list[str] = []
        given = record.get
        for role, words, kind, limit, reader in self._readers:
            text = given(role, "")
            if kind == "code":
                text = text and (words.get(text) or reader.several(record, unknown))
            elif kind == "month":
                text = text[:_MONTH]
            elif kind == "several":
                text = reader.several(record, unknown)
            elif kind == "review":
                text = review
            if len(text) > limit:
                long.append(role)
            texts.append(text)
        findings = []
        if unknown:
            findings.append(Finding("not_in_list", tuple(unknown)))
        if long:
            findings.append(Finding("too_long", tuple(long)))
        return texts, findings


@dataclass(frozen=True, slots=True)
class _Reader:
    """What one column reads.

    Args of the constructor, where not plain:
        role, words: the first role and the wording of its codes, {} for text as it is.
        others: the further roles with theirs.
        between: stands between several answers to one question; `join` between the roles.
    """

    role: str
    words: Mapping[str, str]
    others: tuple[tuple[str, Mapping[str, str]], ...]
    between: str
    join: str
    limit: int
    kind: Kind

    def several(self, record: Record, unknown: list[str]) -> str:
        """Return the text of several roles or answers; codes of no list are noted."""
        texts = []
        for role, words in ((self.role, self.words), *self.others):
            value = record.get(role, "")
            if not words:
                texts.append(value)
                continue
            names = [value] if value in words else value.split()
            if any(name not in words for name in names):
                unknown.append(role)
            texts.append(self.between.join(words.get(name, name) for name in names))
        return self.join.join(filter(None, texts))


def _titles(template: Template) -> dict[str, str]:
    """Return the column title of each role, the first column's where several show it."""
    titles: dict[str, str] = {}
    for column in template.columns:
        for role in column.roles:
            titles.setdefault(role, column.title)
    return titles


def _reader(template: Template, column: Column, wording: Wording) -> _Reader:
    """Return what reads a column's cell."""
    as_codes = column.value == "code" or (column.value == "setting" and wording == "codes")
    first, *others = column.roles
    names = {first: column.list} | {role: template.role_lists.get(role, "") for role in others}
    words = {role: _words(template, name, as_codes=as_codes) for role, name in names.items()}
    return _Reader(
        role=first,
        words=words[first],
        others=tuple((role, words[role]) for role in others),
        between=_BETWEEN_CODES if as_codes else _BETWEEN_LABELS,
        join=column.join,
        limit=column.max,
        kind=_kind(column),
    )


def _kind(column: Column) -> Kind:
    """Return how a column is read."""
    if column.roles == (REVIEW,):
        return "review"
    if len(column.roles) > 1:
        return "several"
    if column.kind == "month":
        return "month"
    return "code" if column.list else "text"


def _words(template: Template, name: str, *, as_codes: bool) -> Mapping[str, str]:
    """Return what is written for each code of a list, nothing when there is no list."""
    if not name:
        return {}
    codes = template.lists[name]
    return {code: code for code in codes} if as_codes else codes
