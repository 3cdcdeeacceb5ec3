"""An identity number that a spreadsheet destroyed is recognised, and a good one is left alone."""

from datetime import date

import pytest

from conversations.spoilt_numbers import is_spoilt
from tests.identities import id_number, identity

TODAY = date(2026, 3, 1)
NUMBER = identity(3).id_number


@pytest.mark.parametrize(
    ("text", "mark", "told"),
    [
        (NUMBER, "", False),
        ("", "", False),
        (f"{NUMBER[:15]}000", "number", True),
        (f" {NUMBER[:15]}000", "", True),
        ("1.40122E+17", "", True),
        ("1,40122e+17", "", True),
        ("140122E+12", "", True),
        ("140122199013450000", "", True),
        ("1990-05-01", "date", True),
        ("12345", "number", False),
    ],
)
def test_a_spoilt_number_is_told_by_its_look(text: str, mark: str, told: bool) -> None:
    assert is_spoilt(text, mark, TODAY) is told


def test_a_number_that_really_ends_in_zeros_is_left_alone() -> None:
    bodies = (f"{area}{TODAY:1990%m%d}00" for area in range(140101, 140999))
    real = [body for body in bodies if id_number(body[:6], date(1990, 3, 1), 0) == f"{body}00"]
    assert real
    assert not any(is_spoilt(f"{body}00", "", TODAY) for body in real)
