"""Going back and changing answers: only what follows from a change is asked again."""

from typing import Final

import pytest

from conversations.buttons import Verb
from conversations.course import RangeLeft, ReportSubmitted
from conversations.events import AnswerRejected, ReviewShown
from conversations.interview import again
from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk
from tests.forms import people
from tests.identities import identity

WHO: Final = people.EMPLOYED_AWAY


def _change(talk: Talk, name: str, value: str) -> None:
    talk.press(Verb.CHANGE, name)
    assert talk.at == name
    talk.give(value)


def test_back_goes_all_the_way_and_every_answer_can_be_kept(talk: Talk) -> None:
    talk.walk(WHO)
    before, asked = talk.interview.answers, []
    while talk.at != "consent":
        talk.write("返回")
        asked.append(talk.at)
        assert len(asked) < 60
    assert len(asked) == len(set(asked))
    assert "notice_who" not in asked
    talk.write("返回")
    assert talk.at == "consent"
    talk.press(Verb.KEEP, "consent")
    assert talk.at == ""
    assert talk.interview.answers == before


def test_back_from_the_middle_returns_to_where_one_was(talk: Talk) -> None:
    talk.walk(WHO, "county")
    for _ in range(3):
        talk.write("返回")
    assert talk.at == "political_status"
    talk.give("01")
    assert talk.at == "county"


def test_a_change_of_path_asks_only_what_is_new_and_hides_the_rest(talk: Talk) -> None:
    talk.walk(WHO)
    _change(talk, "employment_status", "3")
    assert talk.at == "unemployed_reason"
    talk.give("5")
    assert talk.events(ReviewShown)
    shown = {
        line.question.bot.get("role")
        for s in talk.events(ReviewShown)[0].sections
        for line in s.lines
    }
    assert "employer" not in shown
    assert "unemployed_reason" in shown
    talk.write("提交")
    (report,) = talk.events(ReportSubmitted)
    assert talk.path("employer") not in report.answers


def test_hidden_answers_come_back_with_their_path(talk: Talk) -> None:
    talk.walk(WHO)
    before = talk.interview.answers
    _change(talk, "employment_status", "3")
    talk.give("5")
    _change(talk, "employment_status", "1")
    assert talk.events(ReviewShown)
    assert {path: talk.interview.answers.get(path) for path in before} == before


def test_another_city_asks_for_all_that_lies_in_it(talk: Talk) -> None:
    talk.walk(WHO)
    _change(talk, "city", "c01")
    (rejected,) = talk.events(AnswerRejected)
    assert rejected.reason == "no_longer_fits"
    assert talk.at == "county"
    talk.write("1")
    assert talk.at == "township"
    talk.write("1")
    assert talk.at == "village"
    assert "不改：东张村" in [b.label for row in talk.outgoing.messages[-1].rows for b in row]
    talk.write("西张村")
    assert talk.events(ReviewShown)
    assert talk.value("village") == "西张村"


def test_the_same_city_again_asks_for_nothing(talk: Talk) -> None:
    talk.walk(WHO)
    _change(talk, "city", WHO["city"])
    assert talk.events(ReviewShown)


def test_another_identity_number_is_confirmed_anew(talk: Talk) -> None:
    talk.walk(WHO)
    _change(talk, "id_number", identity(77).id_number)
    assert talk.at == "identity_confirm"
    talk.write("对")
    assert talk.events(ReviewShown)
    _change(talk, "id_number", identity(77).id_number)
    assert talk.events(ReviewShown)


@pytest.mark.parametrize("said", ["对", "嗯", "没错", "没问题", "都对", "1", "是的", "yes"])
def test_a_yes_confirms_what_the_number_says(talk: Talk, said: str) -> None:
    talk.walk(WHO, "identity_confirm").write(said)
    assert talk.at == "phone"


@pytest.mark.parametrize("said", ["不对", "不是", "2", "改", "错了", "没有"])
def test_a_no_leads_back_to_the_number(talk: Talk, said: str) -> None:
    talk.walk(WHO, "identity_confirm").write(said)
    assert talk.at == "id_number"


@pytest.mark.parametrize("said", ["不对，是女的", "😀", "", "我是1992年的", "x" * 10_000])
def test_neither_yes_nor_no_confirms_nothing(talk: Talk, said: str) -> None:
    talk.walk(WHO, "identity_confirm").write(said)
    assert talk.events(AnswerRejected)
    assert talk.at == "identity_confirm"


@pytest.mark.parametrize("said", ["改", "要", "1", "不对", "不", "改一下"])
def test_only_a_clear_yes_submits(talk: Talk, said: str) -> None:
    talk.walk(WHO).write(said)
    assert not talk.events(ReportSubmitted)


@pytest.mark.parametrize("said", ["对", "都对", "好的", "没问题", "提交", "都对，提交", "确认"])
def test_a_clear_yes_submits(talk: Talk, said: str) -> None:
    talk.walk(WHO).write(said)
    assert talk.events(ReportSubmitted)


def test_a_change_can_lead_out_of_range(talk: Talk) -> None:
    talk.walk(WHO)
    _change(talk, "situation", "student")
    assert [event.reason for event in talk.events(RangeLeft)] == ["04"]
    assert "一条也没有留" in talk.text


def test_leaving_the_range_later_does_not_deny_the_earlier_report(begin: Begin) -> None:
    done = begin().walk(WHO)
    talk = begin(again(done.form, 2, "correction", dict(done.interview.answers)))
    _change(talk, "situation", "soldier")
    assert talk.events(RangeLeft)
    assert "一条也没有留" not in talk.text
    assert "我的信息" in talk.text


def test_a_correction_opens_at_the_summary_and_asks_nothing(begin: Begin) -> None:
    done = begin().walk(WHO)
    talk = begin(again(done.form, 2, "correction", dict(done.interview.answers)))
    assert talk.events(ReviewShown)
    _change(talk, "education", "61")
    assert talk.events(ReviewShown)


def test_a_correction_asks_what_newly_matters_even_what_may_be_skipped(begin: Begin) -> None:
    done = begin().walk(people.FARMING)
    talk = begin(again(done.form, 2, "correction", dict(done.interview.answers)))
    _change(talk, "employment_status", "1")
    asked = []
    while talk.at:
        asked.append(talk.at)
        talk.give(WHO.get(talk.at, ""))
    assert asked[0] == "employment_form"
    assert {"work_industry", "employer", "stable_employment", "transfer_region"} <= set(asked)
    assert {"education", "name", "job_intent", "training_intent"}.isdisjoint(asked)


def test_an_update_asks_what_the_form_marks_and_offers_last_year(begin: Begin) -> None:
    done = begin().walk(WHO)
    talk = begin(again(done.form, 2, "update", dict(done.interview.answers)))
    asked = []
    while talk.at:
        if talk.interview.comparing:
            talk.tap("变了")
            continue
        asked.append(talk.at)
        question = talk.form.question(talk.path(talk.at))
        assert question.bot.get("yearly") == "yes"
        labels = [b.label for row in talk.outgoing.messages[-1].rows for b in row]
        if talk.value(talk.at):
            assert any(label.startswith("和上次一样：") for label in labels), talk.at
            talk.press(Verb.KEEP, talk.at)
        else:
            talk.press(Verb.SKIP, talk.at)
    assert talk.events(ReviewShown)
    assert {"employment_status", "monthly_income", "job_intent", "training_intent"} <= set(asked)
    assert {"name", "id_number", "city", "consent"}.isdisjoint(asked)
    assert talk.interview.answers == {
        path: value
        for path, value in done.interview.answers.items()
        if path in {question.path for question in done.form.questions}
    }


def test_a_dropped_phone_asks_for_another_in_an_update(begin: Begin) -> None:
    done = begin().walk(WHO)
    talk = begin(again(done.form, 2, "update", dict(done.interview.answers)))
    assert talk.at == "phone"
    talk.write("没有手机")
    assert talk.value("phone") == ""
    assert talk.at == "contact_phone"


@pytest.mark.parametrize("who", people.STANDARD)
def test_every_standard_person_can_change_everything_on_the_summary(
    begin: Begin, who: str
) -> None:
    talk = begin().walk(people.STANDARD[who])
    if talk.is_over:
        return
    for section in talk.events(ReviewShown)[0].sections:
        talk.press(Verb.REVIEW, value=str(section.index))
        for line in section.lines:
            name = line.question.path.rpartition("/")[2].removesuffix("[1]")
            talk.press(Verb.CHANGE, name)
            assert talk.at == name
            kept = talk.value(name)
            talk.press(Verb.KEEP if kept else Verb.SKIP, name)
            assert talk.events(ReviewShown), name
            assert talk.value(name) == kept
