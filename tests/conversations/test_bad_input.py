"""Whatever is sent, at whatever question: an answer that says what to do, and nothing is lost."""

from collections.abc import Callable
from datetime import date
from typing import Final

import pytest

from conversations.buttons import Press, Verb, decode
from conversations.events import AnswerRejected
from conversations.interview import again
from conversations.reply import Command, Media, MediaKind, Reply, SharedPhone, Tap, Text
from tests.conversations.conftest import Begin
from tests.conversations.talk import Talk, is_silent
from tests.forms import people
from tests.identities import id_number

MEDIA: Final[tuple[MediaKind, ...]] = (
    "photo",
    "voice",
    "sticker",
    "location",
    "document",
    "video",
    "contact",
    "other",
)
REPLIES: Final[dict[str, Reply]] = {
    "nothing": Text(""),
    "blanks": Text(" \n\t　"),
    "ten thousand characters": Text("我" * 10_000),
    "ten thousand digits": Text("9" * 10_000),
    "pictures": Text("😀👍🏽👨‍👩‍👧"),
    "control characters": Text("\x00\x07\x1b\u200b\u202e"),
    "a lone surrogate": Text("\ud800"),
    "another language": Text("I do not know what you want"),
    "markup": Text("<b>{name}</b> %s {0} \\"),
    "a formula": Text("=1+1"),
    "a big number": Text("99999999999999999999"),
    "a superscript": Text("²"),
    "an edited message": Text("王小梅", edited=True),
    "a forwarded message": Text("王小梅", forwarded=True),
    "an unknown command": Command("weather"),
    "a command with an argument": Command("help", "me now"),
    "somebody's number": SharedPhone("13800138000", own=False),
    "the own number": SharedPhone("+8613800138000", own=True),
    "a foreign number": SharedPhone("+4915112345678", own=True),
    "no number": SharedPhone("", own=True),
    "forged data": Tap(None),
    "a tap of no interview": Tap(Press(Verb.ANSWER, 0, 3, 0, "yes")),
    "a tap of another interview": Tap(Press(Verb.ANSWER, 77, 3, 0, "yes")),
    "a tap beyond the form": Tap(Press(Verb.ANSWER, 1, 99_999, 0, "yes")),
    "a tap on nothing": Tap(Press(Verb.ANSWER, 1, -1, 0, "yes")),
    "an unknown wish": Tap(decode("m.0.-1.0.gold")),
    **{f"a {kind}": Media(kind) for kind in MEDIA},
    **{
        f"a forged {verb.name.lower()} on question {index}": Tap(
            Press(verb, 1, index, 9**9 % 97, "0")
        )
        for verb in Verb
        for index in (-1, 0, 5, 12, 30, 44)
    },
}


def _at(name: str) -> Callable[[Talk], object]:
    return lambda talk: talk.walk(people.OUT_OF_WORK, name)


def _with_an_offer(talk: Talk) -> None:
    talk.walk(people.OUT_OF_WORK, "education")
    talk.press(Verb.ANSWER, "labour_capacity", "1")


def _after(word: str) -> Callable[[Talk], object]:
    def brought(talk: Talk) -> None:
        talk.walk(people.OUT_OF_WORK, "village")
        talk.write(word)

    return brought


PLACES: Final[dict[str, Callable[[Talk], object]]] = {
    "the first question": lambda talk: None,
    "a choice": _at("education"),
    "a text": _at("name"),
    "an identity number": _at("id_number"),
    "a note to confirm": _at("identity_confirm"),
    "a phone": _at("phone"),
    "a long list": _at("ethnicity"),
    "a cascade": _at("township"),
    "a village": _at("village"),
    "an address": _at("address_detail"),
    "a month": _at("training_date"),
    "several choices": _at("training_trade"),
    "the last remark": _at("remark"),
    "the summary": _at(""),
    "a pause": _after("暂停"),
    "a stop": _after("停止"),
    "an offered change": _with_an_offer,
}


@pytest.mark.parametrize("place", PLACES)
def test_whatever_is_sent_is_answered_and_nothing_is_lost(begin: Begin, place: str) -> None:
    start = begin()
    PLACES[place](start)
    for name, reply in REPLIES.items():
        talk = begin()
        talk.interview = start.interview
        before = start.interview
        talk.say(reply)
        assert not is_silent(talk.outgoing), name
        lost = {
            path
            for path, value in before.answers.items()
            if path != before.at and talk.interview.answers.get(path) != value
        }
        assert not lost, name
        assert set(before.done) <= set(talk.interview.done), name
        assert talk.interview.model_validate_json(talk.interview.model_dump_json()), name
        assert all(len(message.text) < 4096 for message in talk.outgoing.messages), name


NUMBERS: Final = {
    "wrong check digit": ("110105194912310021", "id_check_digit"),
    "impossible date": ("110105194902300020", "id_date"),
    "fifteen digits": ("110105491231002", "id_15_digits"),
    "seventeen digits": ("11010519491231002", "id_length"),
    "letters inside": ("1101051949123100AB", "id_letters"),
    "words": ("我不想说", "id_no_digits"),
    "a hundred and thirty": (id_number("140105", date(1896, 5, 1), 3), "id_too_old"),
    "not yet born": (id_number("140105", date(2030, 5, 1), 3), "id_future"),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_each_fault_of_an_identity_number_has_its_own_sentence(talk: Talk, case: str) -> None:
    typed, reason = NUMBERS[case]
    talk.walk(people.FARMING, "id_number").write(typed)
    assert [event.reason for event in talk.events(AnswerRejected)] == [reason]
    assert talk.at == "id_number"
    assert talk.outgoing.hide_reply
    assert typed not in talk.text
    assert talk.value("name") == people.FARMING["name"]


@pytest.mark.parametrize("style", ["plain", "spaced", "full-width", "told", "small x"])
def test_an_identity_number_is_read_however_it_is_typed(talk: Talk, style: str) -> None:
    number = next(
        found
        for found in (id_number("140105", date(1980, 3, 4), at) for at in range(1, 999))
        if found.endswith("X")
    )
    typed = {
        "plain": number,
        "spaced": f" {number[:6]} {number[6:14]}  {number[14:]} ",
        "full-width": "".join(chr(ord(char) + 0xFEE0) for char in number),
        "told": f"我的身份证号是{number}。",
        "small x": number.lower(),
    }[style]
    talk.walk(people.FARMING, "id_number").write(typed)
    assert talk.value("id_number") == number
    assert talk.at == "identity_confirm"
    assert talk.outgoing.hide_reply
    assert number not in talk.text


def test_somebody_of_fifteen_is_told_kindly(talk: Talk) -> None:
    talk.walk(people.FARMING, "id_number").write(id_number("140105", date(2011, 3, 4), 7))
    assert talk.is_over
    assert "16" in talk.text


def test_a_short_reason_leads_to_an_example_and_then_to_ways_out(talk: Talk) -> None:
    talk.walk(people.FARMING, "monthly_income")
    first = talk.write("很多").events[-1]
    assert "比如" in talk.text
    talk.write("很多")
    assert talk.text.count("比如") >= 2
    talk.write("很多")
    assert "找人工" in talk.text
    assert isinstance(first, AnswerRejected)
    assert [event.attempt for event in talk.events(AnswerRejected)] == [3]
    talk.write("三千")
    assert not talk.interview.refused


def test_after_the_second_refusal_the_buttons_come_again(talk: Talk) -> None:
    talk.walk(people.FARMING, "education")
    talk.write("嗯哪呐")
    talk.write("嗯哪呐")
    assert any(button.label == "小学" for row in talk.outgoing.messages[-1].rows for button in row)


def test_an_optional_question_may_be_skipped_after_refusals(talk: Talk) -> None:
    talk.walk(people.FARMING, "phone")
    for _ in range(3):
        talk.write("12")
    assert "跳过" in talk.text
    talk.tap("跳过")
    assert talk.at == "contact_phone"


@pytest.mark.parametrize("purpose", ["update", "correction"])
def test_junk_before_anything_was_answered_in_a_later_interview(
    begin: Begin, purpose: str
) -> None:
    done = begin().walk(people.EMPLOYED_AWAY)
    state = again(done.form, 2, purpose, dict(done.interview.answers))  # type: ignore[arg-type]
    for name, reply in REPLIES.items():
        talk = begin(state)
        talk.say(reply)
        assert not is_silent(talk.outgoing), name
