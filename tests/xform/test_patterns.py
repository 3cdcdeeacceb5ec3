"""regex(): the machine for hard patterns says what `re` says, and never takes for ever."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.xform import EvaluationError
from conversations.xform.automaton import Automaton, TooHardError
from conversations.xform.patterns import matches

PARTS = ["a", "b", "[ab]", "[^a]", ".", r"\d", "(a|b)", "(?:ab)", "a*", "b+", "(ab)*", "(a|b)+"]
PARTS += ["a?", "b{2}", "[a-c]{1,3}", "(a*)*", "(a+)+", "a{2,}", "b??", "^", "$", "|"]


@given(
    st.lists(st.sampled_from(PARTS), max_size=6).map("".join),
    st.text(alphabet="abc1", max_size=9),
)
@settings(max_examples=300)
def test_the_machine_matches_what_re_matches(pattern: str, text: str) -> None:
    assert Automaton(pattern).matches(text) == (
        re.compile(pattern, re.ASCII).fullmatch(text) is not None
    )


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|a)*b", r"(\w+\s?)+!", "a*a*a*a*a*b", "(a{1,999}){1,}b"]
)
def test_a_pattern_that_blows_up_elsewhere_is_answered_at_once(pattern: str) -> None:
    assert not matches(pattern, "a" * 300)


@pytest.mark.parametrize(
    ("pattern", "text", "result"),
    [
        (r"\d{4}-\d\d", "2020-01", True),
        (r"\d+", "１２", False),
        (r"\w+", "张三", False),
        (r"[\u4e00-\u9fa5]{2,}", "张三", True),
        ("a", "aa", False),
        ("", "", True),
        ("a|b", "b", True),
        (r"(?=.*\d).{3}", "a1b", True),
        (".*", "x" * 10_001, False),
    ],
)
def test_a_match_is_a_full_match_with_ascii_classes(pattern: str, text: str, result: bool) -> None:
    assert matches(pattern, text) is result


@pytest.mark.parametrize("pattern", ["(", "[a", "*a", r"(?=a+)b+c*", r"(a+)\1b*"])
def test_a_pattern_that_cannot_be_run_safely_is_an_error(pattern: str) -> None:
    with pytest.raises(EvaluationError):
        matches(pattern, "a")


def test_a_machine_that_grows_too_large_is_refused() -> None:
    with pytest.raises(TooHardError):
        Automaton("((a{1,100}){1,100}){1,100}")
