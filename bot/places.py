"""The divisions as data: villages for suggestions, and codes that people type or links carry."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent.parent / "conversations" / "forms"


@dataclass(frozen=True, slots=True)
class Place:
    """A division by its permanent id; code and name are attributes of a dated table."""

    id: str
    parent_id: str
    level: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community, which has no id of its own: its code (twelve digits) names it."""

    township_id: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Places:
    """All divisions of the province, and the villages of each township: names, and their codes."""

    by_id: Mapping[str, Place]
    villages: Mapping[str, tuple[str, ...]]
    village_codes: Mapping[tuple[str, str], str]

    def by_code(self, code: str, level: str) -> Place | None:
        """Return the division of this official code (six digits for a county), if any."""
        for place in self.by_id.values():
            if place.level == level and code in (place.code, place.id):
                return place
        return None

    def village(self, code: str) -> Village | None:
        """Return the village of this official code, if any."""
        for (township_id, name), its_code in self.village_codes.items():
            if code == its_code:
                return Village(township_id, name, code)
        return None

    def villages_of(self, township: Place) -> tuple[Village, ...]:
        """Return the villages of a township, in the order of their codes."""
        names = self.villages.get(township.id, ())
        codes = ((self.village_codes[township.id, name], name) for name in names)
        return tuple(Village(township.id, name, code) for code, name in sorted(codes))

    def above(self, place: Place) -> Iterator[Place]:
        """Yield the divisions that hold this one, from the nearest up."""
        parent = self.by_id.get(place.parent_id)
        while parent is not None:
            yield parent
            parent = self.by_id.get(parent.parent_id)


def load_places(folder: Path = FOLDER) -> Places:
    """Return the divisions and villages that ship beside the form."""
    with (folder / "divisions.csv").open(encoding="utf-8", newline="") as file:
        places = {
            row["id"]: Place(row["id"], row["parent_id"], row["level"], row["code"], row["name"])
            for row in csv.DictReader(file)
            if not row["valid_to"]
        }
    codes = _village_codes(folder / "villages.csv")
    names: dict[str, list[str]] = {}
    for township, name in codes:
        names.setdefault(township, []).append(name)
    villages = {township: tuple(found) for township, found in names.items()}
    return Places(places, villages, codes)


def _village_codes(file: Path) -> dict[tuple[str, str], str]:
    with file.open(encoding="utf-8", newline="") as rows:
        return {(row["township_id"], row["name"]): row["code"] for row in csv.DictReader(rows)}
