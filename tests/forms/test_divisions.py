"""Divisions, villages and targets: counted, linked, and the same in the form and in the table."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.forms.conftest import FORMS

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def divisions() -> list[Row]:
    return rows(FORMS / "divisions.csv")


def listed(level: str) -> list[tuple[str, str, str]]:
    """Return id, name and id of the parent of a level's choices in the questionnaire."""
    found = []
    for line in (FORMS / "rural_labour.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and cells[2] == level:
            found.append((cells[3], cells[4], cells[6] or cells[7]))
    return found


@pytest.mark.parametrize(("level", "count"), [("city", 11), ("county", 117), ("township", 1283)])
def test_the_form_offers_the_divisions_of_the_table(
    divisions: list[Row], level: str, count: int
) -> None:
    valid = [row for row in divisions if row["level"] == level and not row["valid_to"]]
    assert len(valid) == count
    assert listed(level) == [(row["id"], row["name"], row["parent_id"]) for row in valid]


def test_an_id_names_one_division_for_ever(divisions: list[Row]) -> None:
    assert max(Counter(row["id"] for row in divisions if not row["valid_to"]).values()) == 1
    shapes = {"city": r"c\d{2}", "county": r"k\d{3}", "township": r"t\d{4}"}
    assert all(re.fullmatch(shapes[row["level"]], row["id"]) for row in divisions)


def test_every_division_lies_in_the_one_that_its_code_says(divisions: list[Row]) -> None:
    code = {row["id"]: row["code"] for row in divisions}
    for row in divisions:
        if row["level"] == "county":
            assert row["code"].startswith(code[row["parent_id"]][:4])
        if row["level"] == "township":
            assert row["code"].startswith(code[row["parent_id"]])


def test_villages_lie_in_known_townships_and_names_are_told_apart(divisions: list[Row]) -> None:
    villages = rows(FORMS / "villages.csv")
    townships = {row["id"] for row in divisions if row["level"] == "township"}
    assert len(villages) == 21_485
    assert {row["township_id"] for row in villages} <= townships
    pairs = Counter((row["township_id"], row["name"]) for row in villages)
    assert max(pairs.values()) == 1
    assert len({row["code"] for row in villages}) == len(villages)
    assert max(len(row["name"]) for row in villages) <= 20


def test_the_targets_are_those_of_the_notice(divisions: list[Row]) -> None:
    targets = rows(FORMS / "targets.csv")
    cities = {row["id"]: row["name"] for row in divisions if row["level"] == "city"}
    assert {row["city_id"]: row["city"] for row in targets} == cities
    assert sum(int(row["people"]) for row in targets) == 8_098_000
