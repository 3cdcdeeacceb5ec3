"""Refusals are counted per question; after the third it may be put off, never forgotten."""

from typing import Final

from conversations.buttons import Verb
from conversations.events import AnswerDeferred, DeferredAsked, QuestionAsked, ReviewShown
from tests.conversations.talk import Talk
from tests.forms import people

WHO: Final = people.EMPLOYED_AWAY


def _refuse(talk: Talk, times: int) -> None:
    for _ in range(times):
        talk.write("😀")


def test_refusals_of_one_question_do_not_count_for_another(talk: Talk) -> None:
    talk.walk(WHO, "name")
    _refuse(talk, 2)
    talk.write(WHO["name"])
    assert talk.at == "id_number"
    _refuse(talk, 1)
    assert "先放一放" not in talk.text


def test_going_away_and_coming_back_does_not_reset_the_count(talk: Talk) -> None:
    talk.walk(WHO, "education")
    _refuse(talk, 2)
    talk.write("返回")
    talk.give(WHO["political_status"])
    assert talk.at == "education"
    _refuse(talk, 1)
    assert "先放一放" in talk.text


def test_a_question_that_was_put_off_comes_up_before_the_summary(talk: Talk) -> None:
    talk.walk(WHO, "education")
    _refuse(talk, 3)
    talk.tap("先放一放")
    assert talk.events(AnswerDeferred)
    assert talk.at == "city"
    talk.walk(WHO, "education")
    assert talk.events(DeferredAsked)
    talk.give(WHO["education"])
    assert talk.events(ReviewShown)


def test_the_last_question_left_cannot_be_put_off_for_ever(talk: Talk) -> None:
    talk.walk(WHO, "education")
    _refuse(talk, 3)
    talk.tap("先放一放")
    talk.walk(WHO, "education")
    _refuse(talk, 1)
    talk.press(Verb.SKIP, "education")
    assert talk.at == "education"
    assert "找人工" in talk.text


def test_the_same_question_is_never_said_twice_in_a_row(talk: Talk) -> None:
    talk.walk(WHO, "education")
    full = talk.events(QuestionAsked)[0].question.label
    hint = talk.events(QuestionAsked)[0].question.hint
    assert f"{full}\n{hint}" in talk.text
    talk.press(Verb.BACK, "consent")
    talk.walk(WHO, "education")
    talk.press(Verb.ANSWER, "consent", "nonsense")
    assert talk.at == "education"
    assert f"{full}\n{hint}" not in talk.text
    assert full in talk.text


def test_after_an_explanation_the_question_comes_once_in_all_its_words(talk: Talk) -> None:
    talk.walk(WHO, "education")
    asked = talk.events(QuestionAsked)[0].question
    for word in ("为什么", "帮助"):
        talk.write(word)
        assert f"{asked.label}\n{asked.hint}" in talk.text


def test_the_summary_is_not_repeated_to_who_says_something_else(talk: Talk) -> None:
    talk.walk(WHO)
    whole = talk.text
    talk.write("😀")
    assert talk.events(ReviewShown)[0].again
    assert len(talk.text) < len(whole) / 4


def test_a_part_ends_with_a_recap_and_the_next_says_how_far_it_is(talk: Talk) -> None:
    talk.walk(WHO, "employment_status")
    assert "第1部分填好了" in talk.text
    assert "第2部分，共4部分" in talk.text
