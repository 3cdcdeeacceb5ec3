"""One row of a roster: every fault of it at once, or the values that are taken over.

A fault names its key and its role; the sentence and the cure stand in the catalogue. What stands
in a cell is never part of a fault, only lines, counts and names of places.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from conversations.replies.address import Located
from conversations.replies.outcome import Understood
from conversations.replies.wording import read_village
from conversations.roster.cells import compare_with_number, name_in, phone_in, words_in
from conversations.roster.choices import Choices
from conversations.roster.gazetteer import Gazetteer, Township
from conversations.roster.mapping import ColumnMapping, cells_by_role
from conversations.roster.numbers import Fault, is_clean, number_fault
from conversations.spoilt_numbers import is_inexact


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that was looked at.

    Args of the constructor:
        values: by role as the form would hold them; empty where there are faults.
        faults: why it is refused. notes: what is left out or doubted of a row that is taken.
    """

    line: int
    values: Mapping[str, str] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Checker:
    """Looks at the rows of one file, one after the other.

    Args of the constructor:
        locate: reads an address typed as one line.
        seen: the line of each number that was taken, filled as rows come.
    """

    mapping: ColumnMapping
    gazetteer: Gazetteer
    choices: Choices
    today: date
    locate: Callable[[str], Located]
    seen: dict[str, int] = field(default_factory=dict, repr=False)
    _villages: dict[tuple[str, str], tuple[str, Fault | None]] = field(
        default_factory=dict, repr=False
    )
    _townships: dict[tuple[str, str, str], Township | Fault] = field(
        default_factory=dict, repr=False
    )

    def check(self, line: int, cells: Sequence[str], numbers: Collection[int] = ()) -> Checked:
        """Return what became of a row.

        Args:
            numbers: columns in which the file has a number and no text.
        """
        given = cells_by_role(self.mapping, cells)
        faults: list[Fault] = []
        notes: list[Fault] = []
        is_number = self.mapping.columns.get("id_number") in numbers
        number = self._number(given.get("id_number", ""), line, faults, is_number=is_number)
        name = name_in(given.get("name", ""), faults)
        phone = phone_in(given.get("phone", ""), faults)
        township = self._township(given, faults)
        if faults or township is None:
            return Checked(line, {}, tuple(faults))
        values = {
            "name": name,
            "id_number": number,
            "phone": phone,
            "city": township.city_id,
            "county": township.county_id,
            "township": township.id,
            "village": self._village(given, township, notes),
            "address_detail": words_in(given.get("address_detail", "")),
        }
        values |= self._coded(given, notes)
        compare_with_number(given, number, self.choices, notes)
        kept = {role: value for role, value in values.items() if value}
        return Checked(line, kept, (), tuple(notes))

    def _number(self, cell: str, line: int, faults: list[Fault], *, is_number: bool) -> str:
        number = cell.upper().replace(" ", "")
        if is_number and is_inexact(number):
            faults.append(Fault("id_cut", "id_number"))
            return ""
        fault = None if is_clean(number, self.today) else number_fault(cell, self.today)
        if isinstance(fault, Fault):
            faults.append(fault)
            return ""
        number = number if fault is None else fault
        first = self.seen.setdefault(number, line)
        if first != line:
            faults.append(Fault("doubled", "id_number", {"line": str(first)}))
        return number

    def _township(self, given: Mapping[str, str], faults: list[Fault]) -> Township | None:
        said = given.get("township", "") or self.mapping.fixed.get("township", "")
        asked = (said, given.get("county", ""), "" if said else given.get("address", ""))
        if asked not in self._townships:
            self._townships[asked] = self._find(*asked)
        found = self._townships[asked]
        if isinstance(found, Fault):
            faults.append(found)
            return None
        return found

    def _find(self, said: str, county: str, address: str) -> Township | Fault:
        if not said and address:
            located = self.locate(address)
            one = self.gazetteer.by_id.get(located.township)
            said = one.id if one is not None else ""
            if one is None:
                return Fault("address_unclear", "address")
        if not said:
            return Fault("empty", "township")
        found = self.gazetteer.township(said, county)
        if found.township is not None:
            return found.township
        key = found.fault if found.near or found.fault != "township_unknown" else "township_none"
        return Fault(key, "township", {"near": "、".join(found.near)} if found.near else {})

    def _village(self, given: Mapping[str, str], township: Township, notes: list[Fault]) -> str:
        said = given.get("village", "") or self.mapping.fixed.get("village", "")
        if not said and given.get("address"):
            said = self.locate(given["address"]).village
        if not said:
            return ""
        asked = (said, township.id)
        if asked not in self._villages:
            self._villages[asked] = self._read_village(said, township)
        name, note = self._villages[asked]
        if note is not None:
            notes.append(note)
        return name

    def _read_village(self, said: str, township: Township) -> tuple[str, Fault | None]:
        """Return a village's name, and what is odd about it."""
        read = read_village(said)
        if not isinstance(read, Understood):
            return "", Fault("village_unclear", "village")
        name, is_known = self.gazetteer.village(read.value, township.id)
        if not is_known and self.gazetteer.villages.get(township.id):
            near = "、".join(self.gazetteer.near_villages(name, township.id))
            key = "village_near" if near else "village_unknown"
            return name, Fault(key, "village", {"near": near} if near else {})
        return name, None

    def _coded(self, given: Mapping[str, str], notes: list[Fault]) -> dict[str, str]:
        """Return the codes; an odd word is not kept, so that it is asked."""
        values = {}
        for role in self.choices.roles:
            if said := given.get(role, ""):
                code = self.choices.code(role, said)
                if not code:
                    notes.append(Fault("choice_unknown", role))
                values[role] = code
        return values
