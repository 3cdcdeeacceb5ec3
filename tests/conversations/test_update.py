"""The yearly update by difference: section by section, still so, changed, or nobody can say."""

from typing import Final

import pytest

from conversations.buttons import Verb
from conversations.events import ReviewShown, SectionCompared
from conversations.interview import again
from conversations.origins import read_origin
from conversations.xform import Form
from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk
from tests.forms import people

WHO: Final = people.EMPLOYED_AWAY


def _last_year(begin: Begin, who: dict[str, str]) -> tuple[Form, dict[str, str], dict[str, str]]:
    done = begin().walk(who)
    return done.form, dict(done.interview.answers), dict(done.interview.origins)


@pytest.fixture
def update(begin: Begin) -> Talk:
    form, answers, origins = _last_year(begin, dict(WHO))
    return begin(again(form, 2, "update", answers, origins))


def _origin(talk: Talk, name: str) -> str:
    return read_origin(talk.interview.origins[talk.path(name)]).how


def test_a_section_is_told_in_one_sentence_before_it_is_asked(update: Talk) -> None:
    update.tap("还是这样")
    assert update.events(SectionCompared)
    assert "打工、做生意，工厂做工" in update.text
    assert "每月约" in update.text
    assert "还是这样吗" in update.text


def test_when_nothing_changed_at_most_eight_taps_are_needed(update: Talk) -> None:
    taps = 1  # the one that began the update
    typed = 0
    while update.at:
        if update.interview.comparing:
            update.tap("还是这样")
        elif update.at == "monthly_income":
            update.write("5200")
            typed += 4
            continue
        else:
            update.tap("跳过")
        taps += 1
    assert update.events(ReviewShown)
    assert taps + 1 <= 8
    assert typed <= 4


def test_the_key_item_is_asked_without_showing_what_was_said_last_year(update: Talk) -> None:
    update.tap("还是这样")
    update.tap("还是这样")
    assert update.at == "monthly_income"
    assert "5200" not in update.outgoing.messages[-1].text.rpartition("【")[2]
    labels = [b.label for row in update.outgoing.messages[-1].rows for b in row]
    assert not any("5200" in label for label in labels)
    update.write("6000")
    assert _origin(update, "monthly_income") == "given"


def test_confirmed_and_answered_anew_are_kept_apart(update: Talk) -> None:
    update.tap("还是这样")
    update.tap("还是这样")
    update.write("6000")
    update.tap("变了")
    assert update.at == "job_intent"
    update.give("1")
    assert _origin(update, "work_industry") == "confirmed"
    assert _origin(update, "job_intent") == "given"


def test_what_nobody_can_say_is_kept_and_marked(update: Talk) -> None:
    before = update.value("monthly_income")
    update.tap("还是这样")
    update.tap("说不准")
    assert update.interview.comparing
    assert _origin(update, "monthly_income") == "unsure"
    assert update.value("monthly_income") == before


@pytest.mark.parametrize(
    ("word", "at"),
    [("没变", "monthly_income"), ("变了", "employment_status"), ("一样", "monthly_income")],
)
def test_the_comparison_may_be_typed(update: Talk, word: str, at: str) -> None:
    update.tap("还是这样")
    update.write(word)
    assert update.at == at
    assert not update.interview.comparing


def test_words_that_answer_the_first_question_say_that_the_section_changed(update: Talk) -> None:
    update.tap("还是这样")
    update.write("在家种地、养殖")
    assert update.value("employment_status") == "2"
    assert not update.interview.comparing


def test_words_that_mean_nothing_are_answered_shortly(update: Talk) -> None:
    update.tap("还是这样")
    long = update.text
    update.write("😀")
    assert update.interview.comparing
    assert len(update.text) < len(long)


def test_a_comparison_can_be_taken_back_by_its_old_button(update: Talk) -> None:
    old = update.interview
    update.tap("还是这样")
    update.press(Verb.COMPARE, "phone", "changed", revision=old.revision)
    assert update.at == "phone"
    assert not update.interview.comparing


def test_a_month_that_is_over_is_asked_again(begin: Begin) -> None:
    who = dict(people.OUT_OF_WORK)
    form, answers, _ = _last_year(begin, who)
    path = next(path for path in answers if path.endswith("/training_date[1]"))
    talk = begin(again(form, 2, "update", {**answers, path: "2026-03"}))
    while talk.interview.comparing or talk.at != "training_date":
        assert talk.at
        if talk.interview.comparing:
            talk.tap("还是这样")
        else:
            talk.give(who[talk.at])
    labels = [b.label for row in talk.outgoing.messages[-1].rows for b in row]
    assert not any("2026年3月" in label for label in labels)
