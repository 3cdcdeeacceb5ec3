"""Taps: on what is open, on what was answered, on what is long gone."""

from typing import Final

import pytest

from conversations.buttons import Verb, decode
from conversations.course import ReportSubmitted
from conversations.events import (
    AnswerRecorded,
    ChangeOffered,
    QuestionAsked,
    RedoOffered,
    ReviewShown,
    SectionOpened,
    TapOutdated,
    TapRepeated,
)
from conversations.reply import Media, Tap
from conversations.xform.question import Choice
from tests.conversations.talk import Talk
from tests.forms import people

WHO: Final = people.OUT_OF_WORK


def test_a_second_tap_on_the_same_answer_is_only_noted(talk: Talk) -> None:
    talk.walk(WHO, "city")
    before = talk.interview
    talk.press(Verb.ANSWER, "education", WHO["education"])
    assert talk.events(TapRepeated)
    assert talk.outgoing.toast
    assert not talk.outgoing.messages
    assert talk.interview.answers == before.answers
    assert talk.at == "city"


def test_a_tap_on_another_answer_offers_the_change_and_waits(talk: Talk) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    (offer,) = talk.events(ChangeOffered)
    assert (offer.old, offer.new) == ("初中", "小学")
    assert talk.value("education") == WHO["education"]
    talk.tap("改成：小学")
    assert talk.value("education") == "81"
    assert talk.at == "city"


@pytest.mark.parametrize("no", ["不改", "不", "算了", "2"])
def test_a_change_that_is_not_wanted_changes_nothing(talk: Talk, no: str) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    talk.tap(no) if no == "不改" else talk.write(no)
    assert talk.value("education") == WHO["education"]
    assert talk.interview.offer is None
    assert talk.at == "city"


@pytest.mark.parametrize("yes", ["是", "好的", "改", "1", "对。"])
def test_a_change_may_be_agreed_to_in_words(talk: Talk, yes: str) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    talk.write(yes)
    assert talk.value("education") == "81"
    assert talk.at == "city"


def test_the_yes_of_an_older_offer_does_not_accept_a_newer_one(talk: Talk) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    older = decode(talk.button("改成：小学").data)
    talk.press(Verb.ANSWER, "education", "61")
    talk.say(Tap(older))
    assert talk.value("education") == WHO["education"]
    talk.press(Verb.ANSWER, "political_status", "01")
    talk.say(Tap(older))
    assert talk.value("political_status") == WHO["political_status"]
    assert talk.value("education") == WHO["education"]


def test_a_second_yes_to_an_offer_opens_nothing(talk: Talk) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    talk.tap("改成：小学")
    talk.tap("改成：小学")
    assert talk.at == "city"
    assert talk.value("education") == "81"


def test_an_offer_outlives_a_picture(talk: Talk) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    talk.say(Media("photo"))
    talk.tap("改成：小学")
    assert talk.value("education") == "81"


def test_answering_the_open_question_withdraws_the_offer(talk: Talk) -> None:
    talk.walk(WHO, "city")
    talk.press(Verb.ANSWER, "education", "81")
    talk.give(WHO["city"])
    assert talk.interview.offer is None
    assert (talk.at, talk.value("education")) == ("county", WHO["education"])


def test_a_second_tap_on_back_goes_back_no_further(talk: Talk) -> None:
    talk.walk(WHO, "city")
    again = decode(talk.button("返回").data)
    talk.say(Tap(again))
    assert talk.at == "education"
    talk.say(Tap(again))
    assert talk.at == "education"


def test_a_second_tap_on_skip_skips_no_further(talk: Talk) -> None:
    talk.walk(WHO, "address_detail")
    again = decode(talk.button("跳过").data)
    talk.say(Tap(again))
    talk.say(Tap(again))
    assert talk.at == "employment_status"
    assert talk.events(TapOutdated)


def test_a_no_on_an_older_note_leads_back_to_what_it_asked_about(talk: Talk) -> None:
    talk.walk(WHO, "education")
    talk.press(Verb.ANSWER, "identity_confirm", "no")
    assert talk.at == "id_number"
    assert talk.value("id_number") == WHO["id_number"]
    talk.press(Verb.ANSWER, "identity_confirm", "no")
    assert talk.at == "id_number"


def test_another_village_of_an_older_list_is_offered_as_a_change(talk: Talk) -> None:
    talk.walk(WHO, "village")
    labels = [button.label for row in talk.outgoing.messages[-1].rows for button in row]
    first, second = (talk.button(label) for label in labels[:2])
    talk.say(Tap(decode(first.data)))
    talk.say(Tap(decode(first.data)))
    assert talk.events(TapRepeated)
    talk.say(Tap(decode(second.data)))
    assert [event.new for event in talk.events(ChangeOffered)] == [second.label]
    talk.tap(f"改成：{second.label}")
    assert talk.value("village") == second.label


@pytest.mark.parametrize("name", ["name", "employer", "remark", "monthly_income"])
def test_a_button_that_was_never_drawn_answers_no_typed_question(talk: Talk, name: str) -> None:
    talk.walk(people.EMPLOYED_AWAY, name)
    before = talk.interview.answers
    talk.press(Verb.ANSWER, name, "55")
    assert talk.events(TapOutdated)
    talk.press(Verb.DONE, name)
    talk.press(Verb.TOGGLE, name, "55")
    assert (talk.at, talk.interview.answers) == (name, before)


def test_a_done_that_was_never_drawn_clears_no_answer(talk: Talk) -> None:
    talk.walk(people.EMPLOYED_AWAY, "monthly_income")
    talk.write("返回")
    assert talk.at == "employer"
    talk.press(Verb.DONE, "employer")
    assert talk.value("employer") == people.EMPLOYED_AWAY["employer"]


def test_a_choice_of_another_city_is_refused_where_it_is_not_offered(talk: Talk) -> None:
    talk.walk(WHO, "county")
    talk.press(Verb.ANSWER, "county", "k001")
    assert talk.at == "county"
    assert talk.value("county") == ""


def test_a_tap_on_a_question_of_another_path_shows_what_is_open(talk: Talk) -> None:
    talk.walk(WHO, "unemployed_reason")
    for verb in (Verb.ANSWER, Verb.CHANGE, Verb.KEEP, Verb.BACK):
        talk.press(verb, "employment_form", "1")
        assert talk.events(TapOutdated)
        assert talk.at == "unemployed_reason"


def test_a_plain_note_cannot_be_opened(talk: Talk) -> None:
    talk.walk(WHO, "education")
    talk.press(Verb.CHANGE, "notice_who")
    assert talk.at == "education"


def test_buttons_of_an_earlier_list_turn_no_page_of_the_open_one(talk: Talk) -> None:
    talk.walk(WHO, "county")
    talk.press(Verb.PAGE, "ethnicity", "2")
    assert talk.events(RedoOffered)
    assert talk.interview.page == 0


def test_pages_go_round_and_take_the_place_of_the_list(talk: Talk) -> None:
    talk.walk(WHO, "ethnicity")
    seen = set()
    for _ in range(20):
        talk.tap("下一页")
        assert talk.outgoing.redraw is not None
        assert not talk.outgoing.messages
        seen.add(talk.outgoing.redraw.text)
    assert 2 <= len(seen) < 20
    talk.press(Verb.PAGE, "ethnicity", "9" * 32)
    assert talk.outgoing.redraw is not None


def test_ticks_are_kept_while_the_list_is_searched(talk: Talk) -> None:
    talk.walk(WHO, "training_trade")
    talk.press(Verb.TOGGLE, "training_trade", "20")
    talk.press(Verb.TOGGLE, "training_trade", "22")
    talk.press(Verb.TOGGLE, "training_trade", "22")
    talk.write("修手机")
    talk.press(Verb.PAGE, "training_trade", "1")
    assert talk.interview.picked == ("20",)
    label = next(c.label for c in _choices(talk) if c.name == "02")
    talk.write(label)
    assert set(talk.value("training_trade").split()) == {"02", "20"}
    talk.write("返回")
    talk.write(label)
    assert talk.value("training_trade") == "02"


def _choices(talk: Talk) -> tuple[Choice, ...]:
    (asked,) = talk.events(QuestionAsked)
    return asked.question.choices


def test_too_many_ticks_are_refused_and_stay_ticked(talk: Talk) -> None:
    talk.walk(WHO, "training_trade")
    names = [choice.name for choice in _choices(talk)][:6]
    for name in names:
        talk.press(Verb.TOGGLE, "training_trade", name)
    talk.press(Verb.DONE, "training_trade")
    assert "5" in talk.text
    assert talk.interview.picked == tuple(names)
    talk.press(Verb.TOGGLE, "training_trade", names[0])
    talk.press(Verb.DONE, "training_trade")
    assert talk.value("training_trade").split() == names[1:]


def test_the_submit_button_of_a_summary_that_changed_since_submits_nothing(talk: Talk) -> None:
    talk.walk(WHO)
    older = decode(talk.button("都对，提交").data)
    talk.press(Verb.CHANGE, "education")
    talk.press(Verb.ANSWER, "education", "81")
    talk.say(Tap(older))
    assert not talk.events(ReportSubmitted)
    assert talk.events(ReviewShown)
    talk.tap("都对，提交")
    (report,) = talk.events(ReportSubmitted)
    assert report.answers[talk.path("education")] == "81"


def test_the_submit_button_still_counts_after_small_talk(talk: Talk) -> None:
    talk.walk(WHO)
    summary = decode(talk.button("都对，提交").data)
    talk.say(Media("sticker"))
    talk.write("找人工")
    talk.press(Verb.REVIEW, value="1")
    talk.say(Tap(summary))
    assert talk.events(ReportSubmitted)


def test_no_submit_before_the_end(talk: Talk) -> None:
    talk.walk(WHO, "job_intent")
    talk.press(Verb.SUBMIT)
    assert talk.events(TapOutdated)
    talk.write("提交")
    assert talk.at == "job_intent"


def test_the_way_back_to_the_summary_works_from_an_opened_question(talk: Talk) -> None:
    talk.walk(WHO)
    talk.tap("改 身份信息")
    assert talk.events(SectionOpened)
    talk.tap("文化程度：初中")
    assert talk.at == "education"
    talk.tap("回到总表")
    assert talk.events(ReviewShown)
    assert talk.value("education") == WHO["education"]


def test_a_kept_answer_is_settled_in_place_of_its_buttons(talk: Talk) -> None:
    talk.walk(WHO, "city")
    talk.tap("返回")
    talk.tap("不改：初中")
    assert talk.events(AnswerRecorded)
    assert talk.outgoing.settle is not None
    assert "初中" in talk.outgoing.settle
    assert talk.at == "city"
