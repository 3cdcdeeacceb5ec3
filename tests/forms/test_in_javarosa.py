"""The questionnaire in JavaRosa, the engine of ODK Collect: the same ways, verdicts and values."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conversations.xform import Form, Session
from tests.conftest import Jdk
from tests.forms import people
from tests.identities import id_number, identities, identity
from tests.java.reference import Reference, running

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def javarosa(java: Jdk) -> Iterator[Reference]:
    with running(java, ZONE.key) as reference:
        yield reference


def name_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix("[1]")


def fitting(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with a month of training that lies ahead: JavaRosa goes by the clock."""
    ahead = datetime.now(ZONE) + timedelta(days=40)
    later = {"training_date": f"{ahead:%Y-%m}"} if "training_date" in answers else {}
    return {**answers, **later}


def known(nodes: list[Any]) -> list[Any]:
    """Leave out values that are hidden, and the instance's own number."""
    return [
        [path, relevant, value if relevant else ""]
        for path, relevant, value in nodes
        if "instanceID" not in path
    ]


@pytest.mark.parametrize("language", ["中文 (zh)", "English (en)"])
@pytest.mark.parametrize("who", people.STANDARD)
def test_standard_people_go_the_same_way_in_each_language(
    javarosa: Reference, form: Form, xform: str, who: str, language: str
) -> None:
    answers = fitting(people.STANDARD[who])
    session = Session(form, datetime.now(ZONE), language)
    javarosa.open(xform, language)
    event, path = javarosa.say(do="next"), session.next()
    while path is not None:
        ours = session.question(path)
        choices = [[choice.name, choice.label] for choice in ours.choices]
        assert [event["path"], event["label"], event["hint"]] == [path, ours.label, ours.hint]
        assert event.get("choices", []) == choices
        if ours.type != "note":
            value = answers.get(name_of(path), "")
            told = javarosa.say(do="answer", value=value)
            assert told["verdict"] == session.answer(path, value).kind == "ok", path
        event, path = javarosa.say(do="next"), session.next(path)
    assert event["event"] == "end"
    theirs = javarosa.say(do="state")["nodes"]
    assert known(theirs) == known([list(node) for node in session.nodes()])


def numbers() -> list[str]:
    """Return identity numbers, right ones and wrong ones of every kind."""
    right = [person.id_number for person, _ in zip(identities(seed=5), range(40), strict=False)]
    wrong = [number[:17] + "0123456789X"[(int(number[3]) + 3) % 11] for number in right]
    today = date.today()  # noqa: DTZ011 - JavaRosa goes by the clock
    days = [date(2000, 2, 29), date(1996, 12, 31), today, today + timedelta(days=2)]
    edges = [identity(6, day).id_number for day in days]
    hundred = [
        id_number("140105", today.replace(year=today.year - age, day=1), 7)
        for age in (119, 120, 121, 122)
    ]
    odd = [
        "11010519490230002X",
        "140105200013010017",
        "110105194912310",
        "abc",
        "11010519491231002x",
    ]
    return [*right, *wrong, *edges, *hundred, *odd]


def test_identity_numbers_are_judged_alike(javarosa: Reference, form: Form, xform: str) -> None:
    session = Session(form, datetime.now(ZONE))
    javarosa.open(xform)
    event = javarosa.say(do="next")
    while name_of(event["path"]) != "id_number":
        value = people.EMPLOYED_AWAY.get(name_of(event["path"]))
        if value is not None:
            javarosa.say(do="answer", value=value)
            session.answer(event["path"], value)
        event = javarosa.say(do="next")
    verdicts = {}
    for number in numbers():
        told = javarosa.say(do="answer", value=number)
        ours = session.answer(event["path"], number)
        assert (told["verdict"], told["message"]) == (ours.kind, ours.message), number[6:]
        theirs = javarosa.say(do="state")["nodes"]
        assert known(theirs) == known([list(node) for node in session.nodes()])
        verdicts[number] = ours.kind
    assert set(verdicts.values()) == {"ok", "constraint"}
