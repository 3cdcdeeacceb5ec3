"""What people type in an English interview, and what is understood of it."""

from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.forms.compile import compile_form
from conversations.dialogue.words import Word, word_in
from conversations.lobby.wishes import return_code_in
from conversations.replies.read import Reading, Several, Unclear, Understood, read_text
from conversations.xform import Session, load_form
from conversations.xform.question import Question
from tests.transcripts.stage import FORM

NOW: Final = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

# Question -> (what is typed -> the value that is kept).
UNDERSTOOD: Final[dict[str, dict[str, str]]] = {
    "consent": {
        "yes": "yes",
        "Sure!": "yes",
        "I agree": "yes",
        "the first one": "yes",
        "1": "yes",
        "No.": "no",
        "I don't agree": "no",
        "nope": "no",
        "second": "no",
    },
    "identity_confirm": {"yes": "OK", "That's right": "OK", "ok": "OK"},
    "informant_relation": {
        "me": "0",
        "myself": "0",
        "my father": "3",
        "mum": "3",
        "wife": "1",
        "brother": "4",
    },
    "situation": {
        "none": "none",
        "no": "none",
        "student": "student",
        "I'm in the army": "soldier",
        "under 16": "minor",
    },
    "labour_capacity": {"light work": "3", "skilled": "2", "number 1": "1", "third": "3"},
    "ethnicity": {"han": "01", "I am Hui": "03", "Yi": "07", "mongol": "02"},
    "political_status": {"general": "13", "party member": "01"},
    "education": {"primary": "81", "junior high": "71", "no school": "90", "bachelor": "21"},
    "city": {"luliang": "c11", "Lüliang City": "c11", "Yuncheng": "c08", "linfen city": "c10"},
    "employment_status": {"farming": "2", "I have a job": "1", "unemployed": "3"},
    "stable_employment": {"yes": "1", "not yet": "2", "no": "2"},
    "expected_salary": {
        "4500": "4",
        "about 3500": "3",
        "four thousand": "3",
        "3k": "2",
        "10,000 yuan": "7",
        "2": "2",
        "to be agreed": "0",
    },
    "startup_kind": {"no": "0", "online shop": "5", "a small shop": "1"},
    "training_trade": {
        "electrician, welding": "01 02",
        "sewing and driving": "07 13",
        "Cooking, pastry": "12",
    },
    "monthly_income": {
        "3500": "3500",
        "3,500 yuan": "3500",
        "3.5k": "3500",
        "four thousand five hundred": "4500",
        "3 to 4 thousand": "3500",
        "between 3000 and 4000": "3500",
        "60000 a year": "5000",
        "nothing": "0",
    },
    "training_date": {
        "March next year": "2027-03",
        "2027-03": "2027-03",
        "next month": "2026-12",
        "Mar 2027": "2027-03",
        "March": "2027-03",
        "in three months": "2027-02",
        "half a year": "2027-05",
        "three years": "2029-11",
        "now": "2026-11",
    },
    "transfer_date": {
        "March 2024": "2024-03",
        "two years ago": "2024-11",
        "a year ago": "2025-11",
        "last March": "2026-03",
        "for 3 years": "2023-11",
        "I forgot": "",
        "not sure": "",
    },
    "phone": {"my number is 199 0000 0001": "19900000001", "I have no phone": ""},
    "id_number": {"my ID is 140823197603120011": "140823197603120011"},
    "remark": {"nothing": "", "I would like evening courses": "I would like evening courses"},
}
UNCLEAR: Final[dict[str, dict[str, str]]] = {
    "consent": {"maybe": "not_an_option", "I don't know": "do_not_know"},
    "identity_confirm": {"perhaps": "yes_or_no", "no": "said_no"},
    "education": {"high school": "several_options"},
    "labour_capacity": {"9th": "not_an_option", "9": "no_such_number"},
    "monthly_income": {"150 a day": "money_per_day", "20 an hour": "money_per_hour"},
    "training_date": {"next year": "month_missing"},
    "name": {"John": "name_not_han"},
    "village": {"Dongzhang": "village_unclear"},
}


@cache
def session() -> Session:
    return Session(load_form(compile_form(FORM)), NOW, "English (en)")


def question(role: str) -> Question:
    return session().question(session().form.roles[role])


def read(role: str, text: str) -> Reading:
    return read_text(question(role), text, NOW)


def flat(table: dict[str, dict[str, str]]) -> pytest.MarkDecorator:
    cases = [(role, text, value) for role, said in table.items() for text, value in said.items()]
    return pytest.mark.parametrize(("role", "text", "value"), cases)


@flat(UNDERSTOOD)
def test_it_is_understood(role: str, text: str, value: str) -> None:
    reading = read(role, text)
    assert isinstance(reading, Understood), reading
    assert reading.value == value


@flat(UNCLEAR)
def test_it_is_refused_with_a_reason(role: str, text: str, value: str) -> None:
    reading = read(role, text)
    assert isinstance(reading, Unclear), reading
    assert reading.reason == value


@pytest.mark.parametrize(("text", "label"), [("Mongolian", "Mongol"), ("tibet", "Tibetan")])
def test_one_hit_in_a_long_list_is_shown_first(text: str, label: str) -> None:
    reading = read("ethnicity", text)
    assert isinstance(reading, Several)
    assert [choice.label for choice in reading.choices] == [label]


@pytest.mark.parametrize("text", ["three years", "next summer", "every March", "my cell now"])
def test_two_words_are_no_return_code(text: str) -> None:
    assert return_code_in(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Back", Word.BACK),
        ("why?", Word.WHY),
        ("SKIP", Word.SKIP),
        ("pause", Word.PAUSE),
        ("continue", Word.RESUME),
        ("Stop.", Word.STOP),
        ("Submit", Word.SUBMIT),
        ("ask staff", Word.HUMAN),
        ("my record", Word.RECORD),
        ("help", Word.HELP),
    ],
)
def test_the_words_that_work_anywhere_are_known_in_english(text: str, word: Word) -> None:
    assert word_in(text) is word
