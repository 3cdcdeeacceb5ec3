"""The pad of digits: what its buttons carry, and what a forged one comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from conversations.pin_pad import Pad, read_pad


@given(
    some.sampled_from(("whole", "copy", "code", "change")),
    some.booleans(),
    some.text("0123456789", max_size=4),
)
def test_a_pad_comes_back_as_its_button_carried_it(goal: str, is_new: bool, digits: str) -> None:
    pad = Pad(goal, is_new, digits)  # type: ignore[arg-type]
    assert read_pad(pad.wire()) == pad


@pytest.mark.parametrize(
    "wire", ["", "w", "we12345", "ws123456789", "ze1", "wz1", "we１", "we1a", "we-1", "we12345678"]
)
def test_what_no_button_of_ours_carries_is_no_pad(wire: str) -> None:
    assert read_pad(wire) is None


def test_a_pin_is_set_by_entering_it_twice() -> None:
    assert not Pad("whole", is_new=True, digits="2580").is_full
    assert Pad("whole", is_new=True, digits="2580").is_repeated
    assert Pad("whole", is_new=True, digits="258025").entered == 2
    assert Pad("whole", is_new=True, digits="25802580").agrees
    assert not Pad("whole", is_new=True, digits="25802581").agrees
    assert Pad("whole", is_new=False, digits="2580").is_full


def test_a_slip_is_taken_back() -> None:
    assert Pad("copy", is_new=False, digits="25").without_last().digits == "2"
    assert Pad("copy", is_new=False).without_last().digits == ""
