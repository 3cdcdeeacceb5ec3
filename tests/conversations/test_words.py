"""Words that work anywhere, and the same letters inside of answers, which are only letters."""

from typing import Final

import pytest

from conversations.buttons import Verb
from conversations.course import InterviewPaused, InterviewResumed, InterviewStopped, StopOffered
from conversations.events import HelpGiven, QuestionAsked, ReviewShown, StationNamed, WhyTold
from conversations.reply import Command, Media, Text
from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk
from tests.forms import people

WHO: Final = people.FARMING
INSIDE: Final = ("返回村", "帮助", "停止沟", "继续庄", "暂停我的信息", "为什么庄", "提交村")


def _everywhere(begin: Begin, who: str) -> list[Talk]:
    """Return one interview at every question of a person, and one at the summary."""
    talk = begin()
    found: list[Talk] = []
    while True:
        here = begin()
        here.interview, here.turn, here.shown = talk.interview, talk.turn, list(talk.shown)
        if talk.is_over:
            return found
        found.append(here)
        if not talk.at:
            return found
        talk.give(people.STANDARD[who].get(talk.at, ""))


@pytest.mark.parametrize("who", people.STANDARD)
def test_help_why_and_a_human_are_there_at_every_question(begin: Begin, who: str) -> None:
    for talk in _everywhere(begin, who):
        before, at = talk.interview, talk.at
        talk.write("帮助")
        assert talk.events(HelpGiven), at
        assert talk.has(QuestionAsked) or talk.has(ReviewShown), at
        talk.write("为什么？")
        assert talk.events(WhyTold), at
        assert at == "" or len(talk.text) > 20, at
        talk.write("找人工")
        assert talk.events(StationNamed), at
        assert "就业服务站" in talk.text
        talk.say(Command("why"))
        assert talk.events(WhyTold), at
        assert (talk.at, talk.interview.answers) == (at, before.answers)


@pytest.mark.parametrize("who", ["employed away", "out of work"])
def test_a_pause_anywhere_keeps_everything(begin: Begin, who: str) -> None:
    for talk in _everywhere(begin, who):
        before, at = talk.interview, talk.at
        talk.write("暂停")
        assert talk.events(InterviewPaused)
        assert talk.interview.paused
        talk.come_back()
        assert talk.events(InterviewResumed)
        assert not talk.interview.paused
        assert (talk.at, talk.interview.answers) == (at, before.answers)
        assert talk.interview.done == before.done


@pytest.mark.parametrize("hello", ["继续", "你好", "您好！", "开始"])
@pytest.mark.parametrize("name", ["village", "name", "remark", "education"])
def test_a_greeting_after_a_pause_is_no_answer(talk: Talk, name: str, hello: str) -> None:
    talk.walk(WHO, name).write("暂停")
    talk.write(hello)
    assert talk.at == name
    assert talk.value(name) == ""
    assert talk.events(QuestionAsked)


def test_an_answer_right_after_a_pause_is_taken(talk: Talk) -> None:
    talk.walk(WHO, "education").write("暂停")
    talk.write("小学")
    assert talk.value("education") == "81"
    assert not talk.interview.paused


@pytest.mark.parametrize("said", ["删掉", "删除", "删掉这次填的"])
def test_stop_and_then_delete_deletes(talk: Talk, said: str) -> None:
    talk.walk(WHO, "name").write("停止")
    assert talk.events(StopOffered)
    talk.write(said)
    assert talk.events(InterviewStopped)


@pytest.mark.parametrize("said", ["留着", "先放着", "先放着，下次再填", "是"])
def test_stop_and_then_later_pauses(talk: Talk, said: str) -> None:
    talk.walk(WHO, "name").write("停止")
    talk.write(said)
    assert talk.events(InterviewPaused)
    assert talk.value("name") == ""


@pytest.mark.parametrize("said", ["接着填", "王小梅", "不", "随便", "x" * 10_000])
def test_anything_else_after_stop_shows_the_question_again(talk: Talk, said: str) -> None:
    talk.walk(WHO, "name").write("停止")
    talk.say(Media("voice"))
    talk.say(Text("转来的", forwarded=True))
    talk.write(said)
    assert talk.at == "name"
    assert talk.value("name") == ""
    assert not talk.interview.stop_asked
    talk.write("王小梅")
    assert talk.value("name") == "王小梅"


@pytest.mark.parametrize("words", INSIDE)
def test_words_inside_of_answers_are_answers(talk: Talk, words: str) -> None:
    talk.walk(WHO, "village").write(f"{words}东头")
    assert talk.value("village") == f"{words}东头"
    talk.walk(WHO, "remark").write(f"请不要{words}，谢谢")
    assert talk.value("remark") == f"请不要{words}，谢谢"


@pytest.mark.parametrize(
    "remark", ["返回老家以后没活干", "没问题的，都挺好", "我想停止种地", "你好，想学电焊"]
)
def test_a_remark_is_kept_as_it_was_typed(talk: Talk, remark: str) -> None:
    talk.walk(WHO, "remark").write(remark)
    assert talk.value("remark") == remark


def test_skip_is_for_what_may_be_skipped(talk: Talk) -> None:
    talk.walk(WHO, "name").write("跳过")
    assert talk.at == "name"
    assert "要填" in talk.text
    talk.walk(WHO, "remark").write("跳过")
    assert talk.events(ReviewShown)


def test_skip_keeps_what_was_answered(talk: Talk) -> None:
    talk.walk(people.EMPLOYED_AWAY, "monthly_income").write("返回")
    talk.write("跳过")
    assert talk.value("employer") == people.EMPLOYED_AWAY["employer"]
    assert talk.at == "monthly_income"


def test_a_section_of_the_summary_opens_by_number_and_by_name(talk: Talk) -> None:
    talk.walk(WHO)
    talk.write("3")
    assert "身份信息" in talk.text
    assert "要改哪一条" in talk.text
    talk.write("９９")
    assert talk.events(ReviewShown)
    talk.write("身份信息")
    assert "要改哪一条" in talk.text


def test_a_line_of_an_opened_section_opens_by_number_and_by_name(talk: Talk) -> None:
    talk.walk(WHO)
    talk.write("身份信息")
    talk.write("2")
    assert talk.at == "id_number"
    talk.press(Verb.KEEP, "id_number")
    talk.press(Verb.ANSWER, "identity_confirm", "ok")
    talk.write("身份信息")
    talk.write("文化")
    assert talk.at == "education"
