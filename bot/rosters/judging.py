"""What a checked row is to the database: new, known, known otherwise, reported, or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from conversations.roster.checks import Checked
from conversations.roster.comparing import differing
from conversations.roster.numbers import Fault, born_on, ripe_from, sex_of
from storage.roster import Entry
from storage.roster_bulk import Known
from storage.roster_rows import StagedRow
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Judge:
    """Says of each row of a chunk what it is.

    Args of the constructor:
        known: by identity number. told: what people reported, by person and role.
        scope: the places whose people the file may say something of.
    """

    vault: Vault
    known: Mapping[str, Known] = field(repr=False)
    told: Mapping[str, Mapping[str, str]] = field(repr=False)
    scope: frozenset[str]

    def row(self, checked: Checked, cells: Sequence[str]) -> StagedRow:
        """Return a row as it is put aside."""
        if checked.faults:
            return refused(checked.line, cells, checked.faults)
        values = checked.values
        one = self.known.get(values["id_number"])
        note = checked.notes[0].key if checked.notes else ""
        if one is None:
            content = _content(checked)
            return StagedRow(checked.line, "new", note=note, content=content)
        if one.is_withdrawn:
            return refused(checked.line, cells, (Fault("withdrawn", "id_number"),))
        if one.place_id and one.place_id not in self.scope:
            return refused(checked.line, cells, (Fault("elsewhere", "id_number"),))
        if one.is_reported:
            roles = ",".join(differing(self.told.get(one.person_id, values), values))
            return StagedRow(
                checked.line, "reported", note=note, roles=roles, person_id=one.person_id
            )
        roles = ",".join(differing(one.opened(self.vault), values))
        if not roles:
            return StagedRow(checked.line, "same", note=note, person_id=one.person_id)
        return StagedRow(
            checked.line,
            "differs",
            note=note,
            roles=roles,
            person_id=one.person_id,
            content=_content(checked),
        )


def refused(line: int, cells: Sequence[str], faults: Sequence[Fault]) -> StagedRow:
    """Return a row that cannot be taken, kept as it was given for the file that goes back."""
    content = {"cells": list(cells), "faults": [_told(fault) for fault in faults]}
    return StagedRow(line, "refused", fault=faults[0].key, content=content)


def faults_of(content: Mapping[str, Any] | None, what: str = "faults") -> list[Fault]:
    """Return the faults, or the notes, of a row that was put aside."""
    told = (content or {}).get(what, [])
    return [Fault(key, role, params) for key, role, params in told]


def entry_of(values: Mapping[str, str], today: date) -> Entry:
    """Return the entry of a row's values."""
    number = values["id_number"]
    return Entry(
        id_number=number,
        phone=values.get("phone", ""),
        answers=values,
        township_id=values["township"],
        county_id=values.get("county", ""),
        birth_year=born_on(number).year,
        sex=sex_of(number),
        ripe_on=ripe_from(number, today),
    )


def _content(checked: Checked) -> dict[str, Any]:
    content: dict[str, Any] = {"values": dict(checked.values)}
    if checked.notes:
        content["notes"] = [_told(note) for note in checked.notes]
    return content


def _told(fault: Fault) -> tuple[str, str, dict[str, str]]:
    return fault.key, fault.role, dict(fault.params)
