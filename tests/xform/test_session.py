"""A session: answers judged, kept, hidden, put back; questions in order."""

from collections.abc import Callable
from datetime import datetime

import pytest

from conversations.xform import Form, Session, Verdict
from tests.xform.walks import ZONE

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZONE)
Survey = Callable[..., Form]

FAMILY = (
    "type | name | label | relevant | constraint | constraint_message | required "
    "| required_message | calculation | default |",
    "integer | age | Age? | | . < 130 | Not ${age}? | yes | Please say | | |",
    "begin_group | adult | Adults | ${age} >= 18 | | | | | | |",
    "text | job | Job at ${age}? | | | | | | | |",
    "calculate | twice | | | | | | | ${age} * 2 | |",
    "end_group | | | | | | | | | |",
    "text | end | Anything else? | | | | | | | nothing |",
    "calculate | first | | | | | | | once(${age}) | |",
)


@pytest.fixture
def family(survey: Survey) -> Form:
    return survey(*FAMILY)


def test_only_relevant_questions_are_asked_in_form_order(family: Form) -> None:
    session = Session(family, NOW)
    assert session.next() == "/data/age[1]"
    assert session.next("/data/age[1]") == "/data/end[1]"
    session.answer("/data/age[1]", "18")
    assert session.next("/data/age[1]") == "/data/adult[1]/job[1]"
    assert session.previous("/data/end[1]") == "/data/adult[1]/job[1]"
    assert session.previous() == "/data/end[1]"
    assert session.previous("/data/age[1]") is None
    assert session.next("/data/end[1]") is None


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("abc", Verdict("type")),
        ("1.5", Verdict("type")),
        ("2147483648", Verdict("type")),
        (" 3", Verdict("type")),
        ("130", Verdict("constraint", "Not 40?")),
        ("", Verdict("required", "Please say")),
    ],
)
def test_a_refused_answer_changes_nothing(family: Form, value: str, verdict: Verdict) -> None:
    session = Session(family, NOW)
    session.answer("/data/age[1]", "40")
    before = session.nodes()
    assert session.answer("/data/age[1]", value) == verdict
    assert session.nodes() == before


def test_a_hidden_answer_is_kept_and_comes_back(family: Form) -> None:
    session = Session(family, NOW)
    session.answer("/data/age[1]", "40")
    session.answer("/data/adult[1]/job[1]", "smith")
    session.answer("/data/age[1]", "4")
    assert not session.relevant("/data/adult[1]/job[1]")
    assert session.values()["/data/adult[1]/job[1]"] == "smith"
    session.answer("/data/age[1]", "41")
    assert session.question("/data/adult[1]/job[1]").value == "smith"


def test_stored_answers_put_back_give_the_same_state(family: Form) -> None:
    session = Session(family, NOW)
    session.answer("/data/age[1]", "40")
    session.answer("/data/adult[1]/job[1]", "smith")
    session.answer("/data/end[1]", "")
    stored = session.values()
    assert "/data/adult[1]/twice[1]" not in stored
    again = Session(family, NOW, values=stored)
    assert again.nodes() == session.nodes()
    assert again.values() == stored


def test_a_value_that_is_worked_out_once_survives_storing(family: Form) -> None:
    session = Session(family, NOW)
    session.answer("/data/age[1]", "40")
    session.answer("/data/age[1]", "50")
    again = Session(family, NOW, values=session.values())
    assert again.get("/data/first[1]") == "40"


def test_a_question_shows_its_text_value_and_section_of_this_moment(family: Form) -> None:
    session = Session(family, NOW)
    session.answer("/data/age[1]", "40")
    question = session.question("/data/adult[1]/job[1]")
    assert (question.label, question.section, question.index) == ("Job at 40?", "Adults", 1)
    assert question.type == "text"
    assert not question.required
    assert session.question("/data/end[1]").value == "nothing"


def test_an_unknown_question_is_a_key_error(family: Form) -> None:
    session = Session(family, NOW)
    with pytest.raises(KeyError):
        session.answer("/data/nobody[1]", "1")
    with pytest.raises(KeyError):
        session.question("/data/adult[1]/twice[1]")


def test_a_naive_time_is_refused(family: Form) -> None:
    with pytest.raises(ValueError, match="aware"):
        Session(family, NOW.replace(tzinfo=None))


CITIES = (
    "type | name | label | choice_filter | constraint |",
    "select_one city | city | City? | | |",
    "select_multiple street | streets | Streets? | city = ${city} | count-selected(.) < 3 |",
)
STREETS = (
    "list_name | name | label | city |",
    "city | a | A | |",
    "city | b | B | |",
    "street | a1 | A One | a |",
    "street | a2 | A Two | a |",
    "street | a3 | A Three | a |",
    "street | b1 | B One | b |",
)


def test_choices_follow_their_filter_and_an_answer_not_offered_is_refused(survey: Survey) -> None:
    session = Session(survey(*CITIES, choices=STREETS), NOW)
    assert session.question("/data/streets[1]").choices == ()
    session.answer("/data/city[1]", "a")
    names = [choice.name for choice in session.question("/data/streets[1]").choices]
    assert names == ["a1", "a2", "a3"]
    assert session.answer("/data/streets[1]", "a1 b1").kind == "type"
    assert session.answer("/data/streets[1]", "a1 a2 a3").kind == "constraint"
    assert session.answer("/data/streets[1]", " a2  a1 ").kind == "ok"
    assert session.get("/data/streets[1]") == "a2 a1"


def test_what_is_no_longer_offered_fails_the_check_and_is_dropped_when_shown(
    survey: Survey,
) -> None:
    session = Session(survey(*CITIES, choices=STREETS), NOW)
    session.answer("/data/city[1]", "a")
    session.answer("/data/streets[1]", "a1")
    session.answer("/data/city[1]", "b")
    assert session.check("/data/streets[1]") == Verdict("type")
    assert session.get("/data/streets[1]") == "a1"
    assert session.question("/data/streets[1]").value == ""
    assert session.check("/data/streets[1]") == Verdict("ok")


def test_zero_is_an_answer(family: Form) -> None:
    session = Session(family, NOW)
    session.answer("/data/age[1]", "0")
    assert session.check("/data/age[1]") == Verdict("ok")
    assert Session(family, NOW, values=session.values()).get("/data/age[1]") == "0"


def test_hints_of_bind_and_control_are_one_and_roles_find_their_paths(survey: Survey) -> None:
    form = survey(
        "type | name | label | calculation | bind::bot:role | body::bot:columns | bind::bot:pii |",
        "text | who | Who? | | name | 2 | yes |",
        "calculate | shown | | 1 | in_range | | |",
        settings=("form_title | namespaces |", 'T | bot="https://xiangwen.example/bot" |'),
    )
    assert form.questions[0].bot == {"role": "name", "columns": "2", "pii": "yes"}
    assert form.roles == {"name": "/data/who[1]", "in_range": "/data/shown[1]"}


def test_texts_follow_the_language(survey: Survey) -> None:
    form = survey(
        "type | name | label::English (en) | label::中文 (zh) |",
        "text | who | Who? | 谁？ |",
        settings=("form_title | default_language |", "T | 中文 (zh) |"),
    )
    assert form.default_language == "中文 (zh)"
    session = Session(form, NOW)
    assert session.question("/data/who[1]").label == "谁？"
    session.speak("English (en)")
    assert session.question("/data/who[1]").label == "Who?"
    with pytest.raises(ValueError, match="no language"):
        Session(form, NOW, language="Français")


def test_equal_names_in_two_groups_are_two_questions(survey: Survey) -> None:
    form = survey(
        "type | name | label |",
        "begin_group | one | One |",
        "text | name | First |",
        "end_group | | |",
        "begin_group | two | Two |",
        "text | name | Second |",
        "end_group | | |",
    )
    session = Session(form, NOW)
    session.answer("/data/two[1]/name[1]", "x")
    assert session.values() == {"/data/two[1]/name[1]": "x"}
