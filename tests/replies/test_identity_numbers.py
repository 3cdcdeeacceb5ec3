"""Identity numbers: read however they are typed; each fault has its own reason."""

from datetime import date

import pytest

from conversations.replies.outcome import Reason
from tests.identities import id_number, identities
from tests.replies.asked import question, reason, value

ASKED = question(reader="id_number")
PUBLISHED = "11010519491231002X"  # the example of GB 11643-1999


@pytest.mark.parametrize(
    "typed",
    [
        PUBLISHED,
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        " 11010519491231002X。",
        "身份证号：11010519491231002X",
        "1101051949\u200b1231002X",
        "11010519491231002×",
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert value(ASKED, typed) == PUBLISHED


def test_every_made_up_number_is_taken() -> None:
    people = identities(seed=7)
    for _ in range(500):
        number = next(people).id_number
        assert value(ASKED, number) == number


def test_a_county_code_younger_than_the_birth_is_no_fault() -> None:
    number = id_number("140423", date(1970, 5, 6), 12)
    assert value(ASKED, number) == number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("没带在身上", Reason.ID_NO_DIGITS),
        ("130503670401001", Reason.ID_15_DIGITS),
        ("1101051949123100", Reason.ID_LENGTH),
        ("11010519491231002X1", Reason.ID_LETTERS),
        ("1101051949123100211", Reason.ID_LENGTH),
        ("11010A19491231002X", Reason.ID_LETTERS),
        ("110105194912310021", Reason.ID_CHECK_DIGIT),
        (id_number("040105", date(1980, 1, 1), 1), Reason.ID_REGION),
        ("11010519490230002X", Reason.ID_DATE),
        ("11010519491331002X", Reason.ID_DATE),
        ("11010519000229002X", Reason.ID_DATE),
        (id_number("140105", date(2026, 11, 24), 1), Reason.ID_FUTURE),
        (id_number("140105", date(1905, 11, 23), 1), Reason.ID_TOO_OLD),
        (id_number("140105", date(1896, 5, 1), 1), Reason.ID_TOO_OLD),
    ],
)
def test_each_fault_has_its_own_reason(typed: str, expected: Reason) -> None:
    assert reason(ASKED, typed) is expected


@pytest.mark.parametrize("born_on", [date(1906, 11, 23), date(2026, 11, 23), date(2012, 2, 29)])
def test_the_ages_from_0_to_120_are_left_to_the_form(born_on: date) -> None:
    number = id_number("140105", born_on, 3)
    assert value(ASKED, number) == number


def test_any_single_wrong_digit_is_noticed() -> None:
    number = next(identities(seed=3)).id_number
    for place in range(18):
        wrong = str((int(number[place], 11 if number[place] != "X" else 36) + 1) % 10)
        if wrong != number[place]:
            typed = number[:place] + wrong + number[place + 1 :]
            assert isinstance(reason(ASKED, typed), Reason), place
