"""What people write at a question: a whole address, a name by its sound, one likely hit."""

from typing import Final

import pytest

from conversations.events import AddressRecorded, AnswerRecorded, QuestionAsked
from tests.conversations.talk import Talk
from tests.forms import people

WHO: Final = people.EMPLOYED_AWAY


@pytest.mark.parametrize(
    "said", ["运城盐湖区解州镇西王村", "山西省运城市盐湖区解州镇西王村", "运城 盐湖 解州 西王村"]
)
def test_an_address_in_one_line_answers_four_questions(talk: Talk, said: str) -> None:
    talk.walk(WHO, "city").write(said)
    assert talk.events(AddressRecorded)
    assert "运城市盐湖区解州镇西王" in talk.text
    assert talk.value("township") == "t0679"
    assert talk.at == "address_detail"


def test_what_was_misunderstood_is_corrected_by_one_tap(talk: Talk) -> None:
    talk.walk(WHO, "city").write("运城盐湖区解州镇西王村")
    talk.tap("不对，重新填")
    assert talk.at == "city"


def test_a_line_that_ends_early_goes_on_with_the_next_question(talk: Talk) -> None:
    talk.walk(WHO, "city").write("晋中平遥")
    assert talk.at == "township"
    assert talk.value("county")


def test_an_address_may_begin_at_the_county(talk: Talk) -> None:
    talk.walk(WHO, "county").write("盐湖区解州镇")
    assert talk.at == "village"


def test_a_name_that_only_sounds_so_asks_for_a_yes(talk: Talk) -> None:
    talk.walk(WHO, "ethnicity").write("huizu")
    assert talk.at == "ethnicity"
    assert "是下面这个吗" in talk.text
    talk.write("对")
    assert talk.events(AnswerRecorded)
    assert talk.value("ethnicity") != WHO["ethnicity"]


def test_a_no_to_the_one_hit_records_nothing(talk: Talk) -> None:
    talk.walk(WHO, "ethnicity").write("huizu")
    talk.write("不是")
    assert talk.at == "ethnicity"
    assert not talk.value("ethnicity")


def test_the_answers_of_before_stand_first_in_a_list_to_tick(talk: Talk) -> None:
    talk.walk(people.FARMING, "training_trade")
    last = talk.events(QuestionAsked)[0].question.choices[-2].name
    talk.give(last)
    talk.write("返回")
    assert talk.at == "training_trade"
    assert talk.events(QuestionAsked)[0].listing.choices[0].name == last


def test_a_village_is_never_guessed_from_its_sound(talk: Talk) -> None:
    talk.walk(WHO, "village").write("东城村")
    assert talk.value("village") == "东城村"
