"""Ways through the questionnaire: who is asked what, and what follows from the answers."""

from collections.abc import Mapping
from datetime import date

import pytest

from conversations.xform import Form, Session
from tests.forms import people
from tests.forms.conftest import NOW, Walk, role
from tests.identities import id_number, identities, identity

QUESTIONS = {
    "employed away": 30,
    "farming at home": 26,
    "out of work": 30,
    "self-employed returnee": 29,
    "out of range": 5,
    "proxy for a parent": 24,
}


@pytest.mark.parametrize("who", people.STANDARD)
def test_standard_people_are_asked_no_more_than_needed(walk: Walk, who: str) -> None:
    session, asked = walk(people.STANDARD[who])
    assert len(asked) == QUESTIONS[who], asked
    assert {name for name, value in people.STANDARD[who].items() if value} <= set(asked)
    assert all(session.check(question.path).kind == "ok" for question in session.form.questions)


def test_what_an_identity_number_says_is_derived(walk: Walk) -> None:
    for person, _ in zip(identities(seed=11), range(25), strict=False):
        session, _ = walk({**people.EMPLOYED_AWAY, "id_number": person.id_number})
        assert role(session, "gender") == person.gender
        assert role(session, "birth_date") == person.birth_date.isoformat()
        assert role(session, "birth_year") == str(person.birth_date.year)
        assert role(session, "in_range") == "1"


def test_the_confirmation_tells_year_and_sex_only(walk: Walk, form: Form) -> None:
    born = identity(4, date(1978, 2, 28))
    session, _ = walk({**people.RETURNEE, "id_number": born.id_number})
    label = session.question(form.roles["identity_confirm"]).label
    assert label == f"1978年出生，{'男' if born.gender == '1' else '女'}，对吗？"


@pytest.mark.parametrize(
    ("born_on", "age", "in_range", "over_age"),
    [
        (date(2010, 11, 24), "15", "0", "0"),
        (date(2010, 11, 23), "16", "1", "0"),
        (date(1966, 11, 24), "59", "1", "0"),
        (date(1966, 11, 23), "60", "1", "1"),
        (date(1906, 11, 23), "120", "1", "1"),
    ],
)
def test_sixteen_is_asked_and_sixty_only_flagged(
    walk: Walk, born_on: date, age: str, in_range: str, over_age: str
) -> None:
    person = identity(9, born_on)
    session, asked = walk({**people.EMPLOYED_AWAY, "id_number": person.id_number})
    assert (role(session, "age"), role(session, "in_range")) == (age, in_range)
    assert role(session, "over_age") == over_age
    assert ("phone" in asked) is (in_range == "1")


@pytest.mark.parametrize(
    "typed",
    [
        "110105194912310021",
        "11010519491331002X",
        "1101051949123100",
        "11010519491231002x",
        id_number("140105", date(2026, 11, 24), 1),
        id_number("140105", date(1905, 11, 23), 1),
        "140105190002290012",
        "140105200013010017",
        "140105200000010010",
        "140105200004310011",
    ],
)
def test_the_form_itself_refuses_a_wrong_identity_number(form: Form, typed: str) -> None:
    session = Session(form, NOW)
    verdict = session.answer(form.roles["id_number"], typed)
    assert verdict.kind == "constraint"
    assert "18位" in verdict.message


@pytest.mark.parametrize("area", ["140423", "142301", "110105"])
@pytest.mark.parametrize("born_on", [date(2000, 2, 29), date(1996, 2, 29), date(1969, 12, 31)])
def test_the_form_takes_every_real_day_and_any_area(form: Form, area: str, born_on: date) -> None:
    for sequence in range(1, 40):
        number = id_number(area, born_on, sequence)
        assert Session(form, NOW).answer(form.roles["id_number"], number).kind == "ok"


@pytest.mark.parametrize(
    ("changes", "exit_reason", "last"),
    [
        ({"hukou_kind": "other"}, "09", "hukou_kind"),
        ({"hukou_kind": "town"}, "03", "hukou_kind"),
        ({"situation": "student"}, "04", "situation"),
        ({"situation": "soldier"}, "05", "situation"),
        ({"situation": "minor"}, "12", "situation"),
        ({"labour_capacity": "4"}, "06", "labour_capacity"),
        ({"labour_capacity": "5"}, "13", "labour_capacity"),
    ],
)
def test_people_out_of_range_are_asked_nothing_more(
    walk: Walk, changes: Mapping[str, str], exit_reason: str, last: str
) -> None:
    session, asked = walk({**people.EMPLOYED_AWAY, **changes})
    assert asked[-1] == last
    assert (role(session, "in_range"), role(session, "exit_reason")) == ("0", exit_reason)


@pytest.mark.parametrize("refused", ["consent", "sensitive_consent"])
def test_a_refused_consent_ends_it(walk: Walk, refused: str) -> None:
    _, asked = walk({**people.EMPLOYED_AWAY, refused: "no"})
    assert asked[-1] == refused


def test_somebody_without_a_phone_names_who_can_be_called(walk: Walk) -> None:
    changes = {"phone": "", "contact_phone": "19900000088", "contact_relation": "9"}
    session, asked = walk({**people.EMPLOYED_AWAY, **changes})
    assert {"contact_phone", "contact_relation"} <= set(asked)
    assert role(session, "phone_listed") == "19900000088"


def test_a_relative_who_answers_is_the_one_to_call(walk: Walk) -> None:
    session, asked = walk(people.PROXY)
    assert "contact_phone" not in asked
    assert role(session, "phone_listed") == people.PROXY["informant_phone"]
    assert role(session, "collection_method") == "2"
    assert session.question(session.form.roles["name"]).label.startswith("这位家人")


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"transfer_region": "1"}, ""),
        ({"transfer_region": "2"}, "山西省运城市稷山县"),
        ({"transfer_region": "3", "work_county": "k066"}, "山西省运城市新绛县"),
        (
            {"transfer_region": "4", "work_city": "c01", "work_county": "k002"},
            "山西省太原市迎泽区",
        ),
        ({"transfer_region": "6", "work_country": "新加坡"}, "新加坡"),
    ],
)
def test_the_work_place_agrees_with_the_region(
    walk: Walk, answers: Mapping[str, str], place: str
) -> None:
    session, asked = walk({**people.EMPLOYED_AWAY, **answers})
    assert asked[-1] == "remark"
    assert role(session, "work_place") == place


def test_another_county_is_never_the_own_one(walk: Walk, form: Form) -> None:
    session, _ = walk({**people.EMPLOYED_AWAY, "transfer_region": "3", "work_county": "k066"})
    offered = {choice.name for choice in session.question(form.roles["work_county"]).choices}
    assert "k065" not in offered
    assert len(offered) == 12


def test_a_shop_owner_has_founded_something(walk: Walk, form: Form) -> None:
    session, _ = walk(people.RETURNEE)
    offered = [choice.name for choice in session.question(form.roles["startup_kind"]).choices]
    assert offered == ["1", "2", "3", "4", "5", "9"]
    assert role(session, "startup_status") == "1"


@pytest.mark.parametrize("who", ["employed away", "out of work"])
def test_nothing_founded_need_not_be_asked(walk: Walk, who: str) -> None:
    session, asked = walk(people.STANDARD[who])
    assert "startup_kind" not in asked
    assert role(session, "startup_status") == "0"


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("training_date", "2026-11", "ok"),
        ("training_date", "2026-10", "constraint"),
        ("training_date", "2027-13", "constraint"),
        ("training_date", "明年", "constraint"),
        ("transfer_date", "2026-11", "ok"),
        ("transfer_date", "2026-12", "constraint"),
        ("transfer_date", "2020-00", "constraint"),
        ("monthly_income", "0", "ok"),
        ("monthly_income", "200000", "ok"),
        ("monthly_income", "200001", "constraint"),
        ("monthly_income", "-1", "constraint"),
        ("monthly_income", "三千", "type"),
        ("phone", "19900000001", "ok"),
        ("phone", "1990000000", "constraint"),
        ("training_trade", "01 02 03 04 05", "ok"),
        ("training_trade", "01 02 03 04 05 06", "constraint"),
        ("remark", "好" * 200, "ok"),
        ("remark", "好" * 201, "constraint"),
    ],
)
def test_rules_hold_at_their_borders(form: Form, name: str, value: str, kind: str) -> None:
    assert Session(form, NOW).answer(form.roles[name], value).kind == kind
