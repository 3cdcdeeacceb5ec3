"""Records to cells: what each column reads, made ready once per export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import gt
from typing import Final, Literal

from pydantic_core import SchemaValidator, core_schema

from conversations.record_rules import Finding, Record
from storage.export.template import REVIEW, Column, Template

Wording = Literal["labels", "codes"]
Kind = Literal["text", "code", "month", "several", "review", "constant"]

_BETWEEN_LABELS: Final = "；"
_BETWEEN_CODES: Final = ","
_MONTH: Final = 7


def record_reader(roles: Mapping[str, str]) -> Callable[[bytes], Record]:
    """Return what makes a record of answers in JSON, in one step and without paths in between.

    The answers are values by positioned path, those that are not relevant left out.

    Args:
        roles: path by role, of the form version that was answered.
    """
    fields = {
        role: core_schema.typed_dict_field(
            core_schema.str_schema(), required=False, validation_alias=path
        )
        for role, path in roles.items()
    }
    # Most values of a county are codes and places that many rows share. Errors show none.
    config = core_schema.CoreConfig(cache_strings="all", hide_input_in_errors=True)
    read = SchemaValidator(core_schema.typed_dict_schema(fields), config).validate_json

    def record(content: bytes) -> Record:
        values: dict[str, str] = read(content)
        if "" in values.values():
            return {role: value for role, value in values.items() if value}
        return values

    return record


class Columns:
    """The columns of a template, ready to read records.

    Args:
        wording: labels or codes, for the columns that leave it open.
    """

    def __init__(self, template: Template, wording: Wording) -> None:
        self.template = template
        self.titles = _titles(template)
        self._places = {role: at for at, role in enumerate(self.titles)}
        readers = [_reader(template, column, wording) for column in template.columns]
        self._roles = [reader.role for reader in readers]
        self._limits = [reader.limit for reader in readers]
        # Tuples, not attributes: these are looked at a million times in a county.
        self._coded = [
            (at, reader.words, reader)
            for at, reader in enumerate(readers)
            if reader.kind == "code"
        ]
        self._others = [
            (at, reader.kind, reader)
            for at, reader in enumerate(readers)
            if reader.kind not in {"code", "text"}
        ]
        self._allowed = [
            (at, reader.role, frozenset(column.allowed))
            for at, (reader, column) in enumerate(zip(readers, template.columns, strict=True))
            if column.allowed and column.roles and reader.kind != "code"
        ]

    def cells(self, record: Record, review: str) -> tuple[list[str], list[Finding]]:
        """Return the text of each cell, "" for none, and what this template cannot take.

        Args:
            review: what staff should look at although the row is exported.
        """
        given = record.get
        texts = [given(role, "") for role in self._roles]
        unknown: list[str] = []
        for at, words, reader in self._coded:
            text = texts[at]
            if text:
                texts[at] = words.get(text) or reader.several(record, unknown)
        for at, kind, reader in self._others:
            match kind:
                case "several":
                    texts[at] = reader.several(record, unknown)
                case "constant":
                    texts[at] = reader.join
                case "review":
                    texts[at] = review
                case _:
                    texts[at] = texts[at][:_MONTH]
        for at, role, allowed in self._allowed:
            if texts[at] and texts[at] not in allowed and role not in unknown:
                unknown.append(role)
        findings = []
        if unknown:
            unknown.sort(key=self._places.__getitem__)
            findings.append(Finding("not_in_list", tuple(unknown)))
        if any(map(gt, map(len, texts), self._limits)):
            findings.append(Finding("too_long", self._too_long(texts)))
        return texts, findings

    def _too_long(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the roles of the columns whose text is longer than they take."""
        each = zip(self._roles, texts, self._limits, strict=True)
        return tuple(role for role, text, limit in each if len(text) > limit)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What one column reads.

    Args of the constructor, where not plain:
        role, words: the first role and the wording of its codes, {} for text as it is.
        sources: every role with its wording.
        between: stands between several answers to one question; `join` between the roles, or
            the words of every row.
    """

    role: str
    words: Mapping[str, str]
    sources: tuple[tuple[str, Mapping[str, str]], ...]
    between: str
    join: str
    limit: int
    kind: Kind
    first: bool = False

    def several(self, record: Record, unknown: list[str]) -> str:
        """Return the text of several roles or answers; codes of no list are noted."""
        texts = []
        for role, words in self.sources:
            value = record.get(role)
            if not value:
                continue
            text = words.get(value) if words else value
            texts.append(text or self._listed(role, words, value.split(), unknown))
        return self.join.join(filter(None, texts))

    def _listed(
        self, role: str, words: Mapping[str, str], codes: list[str], unknown: list[str]
    ) -> str:
        """Return the text of several answers to one question, or of the first one only."""
        codes = codes[:1] if self.first else codes
        if not all(code in words for code in codes):
            unknown.append(role)
        return self.between.join(words.get(code, code) for code in codes)


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
    if not column.roles:
        return _Reader("", {}, (), "", column.constant, column.max, "constant")
    first, *others = column.roles
    names = {first: column.list} | {role: template.role_lists.get(role, "") for role in others}
    words = {role: _words(template, name, as_codes=as_codes) for role, name in names.items()}
    return _Reader(
        role=first,
        words=words[first],
        sources=tuple((role, words[role]) for role in column.roles),
        between=_BETWEEN_CODES if as_codes else _BETWEEN_LABELS,
        join=column.join,
        limit=column.max,
        kind=_kind(column),
        first=column.first,
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
