"""Phone numbers of mainland China."""

import pytest

from conversations.replies.outcome import Reason, Understood
from conversations.replies.phone import read_phone
from tests.replies.asked import question, reason, value

ASKED = question(reader="phone")


@pytest.mark.parametrize(
    "typed",
    [
        "19900000001",
        "+86 199 0000 0001",
        "0086-199-0000-0001",
        "8619900000001",
        "１９９０００００００１",
        "我的手机是19900000001。",
        "一九九〇〇〇〇〇〇〇一",
        "199.0000.0001",
        "(+86)19900000001",
        "019900000001",
    ],
)
def test_a_mobile_number_is_read_however_it_is_typed(typed: str) -> None:
    assert value(ASKED, typed) == "19900000001"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("电话", Reason.PHONE_NO_DIGITS),
        ("1990000", Reason.PHONE_SHORT),
        ("199000000012", Reason.PHONE_LONG),
        ("0351-7676011", Reason.PHONE_LANDLINE),
        ("7676011", Reason.PHONE_LANDLINE),
        ("+7 912 345 67 89", Reason.PHONE_FOREIGN),
        ("00499123456789", Reason.PHONE_FOREIGN),
        ("99900000001", Reason.PHONE_NOT_MOBILE),
    ],
)
def test_each_fault_has_its_own_reason(typed: str, expected: Reason) -> None:
    assert reason(ASKED, typed) is expected


def test_an_unknown_range_is_taken_with_a_doubt() -> None:
    assert read_phone("14900000001") == Understood(
        "14900000001", "14900000001", Reason.PHONE_UNUSUAL
    )


def test_a_known_range_raises_no_doubt() -> None:
    assert read_phone("19900000001") == Understood("19900000001", "19900000001")


@pytest.mark.parametrize("typed", ["没有", "没有手机", "不知道"])
def test_nothing_clears_an_optional_phone(typed: str) -> None:
    assert value(question(reader="phone", required=False), typed) == ""
