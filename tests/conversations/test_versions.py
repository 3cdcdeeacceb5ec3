"""What differs between two versions of a report, and how the staff see answers before a reason."""

from datetime import UTC, datetime

import pytest

from conversations.dialogue.review import review_of
from conversations.dialogue.scene import Setting
from conversations.dialogue.shown import veiled, veiled_words
from conversations.dialogue.versions import changes
from conversations.events import ReviewSection
from conversations.xform import Form
from tests.forms.people import EMPLOYED_AWAY

NOW = Setting(datetime(2026, 11, 24, tzinfo=UTC), {})


def _sections(form: Form, **changed: str) -> tuple[ReviewSection, ...]:
    """Return the summary of a report; names of questions are unique in the form."""
    paths = {path.rpartition("/")[2].partition("[")[0]: path for path in form.by_path}
    values = {**EMPLOYED_AWAY, **changed}
    answers = {paths[name]: value for name, value in values.items() if name in paths and value}
    return review_of(form, answers, NOW)


def test_only_what_was_answered_differently_is_told(form: Form) -> None:
    found = changes(_sections(form), _sections(form, monthly_income="4800"))
    assert [(one.before.shown, one.after.shown) for one in found if one.before and one.after] == [
        ("5200元", "4800元")
    ]
    assert len(found) == 1


def test_a_changed_number_is_told_though_it_looks_the_same_masked(form: Form) -> None:
    phone = EMPLOYED_AWAY["phone"]
    other = f"{phone[:4]}{(int(phone[4]) + 1) % 10}{phone[5:]}"
    found = changes(_sections(form), _sections(form, phone=other))
    sides = [(one.before, one.after) for one in found]
    assert all(before and after and before.shown == after.shown for before, after in sides)
    assert found


def test_what_came_and_what_fell_away_has_one_side(form: Form) -> None:
    (gone,) = changes(_sections(form), _sections(form, employer=""))
    assert gone.after is None
    (came,) = changes(_sections(form, employer=""), _sections(form))
    assert came.before is None
    assert changes(_sections(form), _sections(form)) == ()


def test_nothing_that_tells_who_it_is_stands_there_before_a_reason(form: Form) -> None:
    lines = {
        line.question.bot.get("role"): veiled(line.question, line.question.value)
        for section in _sections(form)
        for line in section.lines
    }
    name, number = EMPLOYED_AWAY["name"], EMPLOYED_AWAY["id_number"]
    assert lines["name"] == f"{name[0]}某"
    assert lines["id_number"] == f"••••••{number[-2:]}"
    assert lines["village"] == EMPLOYED_AWAY["village"]
    assert lines["employer"] == lines["ethnicity"] == "••••••"
    assert lines["monthly_income"] == "5200元"


@pytest.mark.parametrize(
    ("words", "veil"),
    [
        ("打19900000003找他儿子", "打••••••找他儿子"),
        ("证号 14082419780315002X 重复", "证号 •••••• 重复"),
        ("199 0000 0003", "••••••"),
        ("2027年3月", "2027年3月"),
        ("", ""),
    ],
)
def test_numbers_in_somebodys_own_words_are_veiled(words: str, veil: str) -> None:
    assert veiled_words(words) == veil
