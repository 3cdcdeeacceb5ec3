"""The rules of talks: what is asked for, what is passed on, when somebody is there."""

from datetime import datetime

import pytest

from conversations.buttons import decode, encode
from conversations.reply import Command, Media, Reply, Tap, Text
from conversations.scope import Action, may
from conversations.talk import (
    OfficeHours,
    TalkErrand,
    TalkWish,
    closes,
    leaves,
    passed_on,
    talk_errand_in,
    talk_press,
)


@pytest.mark.parametrize(
    ("reply", "errand"),
    [
        (Text("找人工"), TalkErrand(TalkWish.HUMAN)),
        (Text(" 转人工！"), TalkErrand(TalkWish.HUMAN)),
        (Command("human"), TalkErrand(TalkWish.HUMAN)),
        (Command("staff"), TalkErrand(TalkWish.DESK)),
        (Command("staff", "ABCDE23456"), TalkErrand(TalkWish.JOIN, "ABCDE23456")),
        (Command("start", "staff_ABCDE23456"), TalkErrand(TalkWish.JOIN, "ABCDE23456")),
        (Command("start", "t0727"), None),
        (Text("找人工", forwarded=True), None),
        (Text("人工多少钱一天"), None),
        (Tap(None), None),
        (Tap(decode("m.0.-1.0.me")), None),
        (Media("voice"), None),
    ],
)
def test_what_is_asked_for_around_talks(reply: Reply, errand: TalkErrand | None) -> None:
    assert talk_errand_in(reply) == errand


@pytest.mark.parametrize("wish", TalkWish)
@pytest.mark.parametrize("about", ["", "0123456789ab", "t0727", "any-k065"])
def test_a_button_says_what_it_was_made_for(wish: TalkWish, about: str) -> None:
    tap = Tap(decode(encode(talk_press(wish, about))))
    assert talk_errand_in(tap) == TalkErrand(wish, about)


@pytest.mark.parametrize(
    ("said", "passed"),
    [
        ("我的号是141181198703071234", "我的号是••••••34"),
        ("14118119870307123x对吗", "••••••3x对吗"),
        ("1411 8119 8703 0712 34", "••••••34"),
        ("141181-19870307-1234", "••••••34"),
        ("６２１７００１２３４５６７８９０１２３", "••••••２３"),
        ("电话13800138000", "电话13800138000"),
        ("一个月3500到4500", "一个月3500到4500"),
        ("", ""),
    ],
)
def test_a_long_number_is_not_passed_on(said: str, passed: str) -> None:
    assert passed_on(said) == passed


def test_few_words_end_a_talk_and_a_greeting_does_not() -> None:
    assert all(leaves(said) for said in ("接着填", "结束。", " 不找了 ", "“接着填”"))
    assert not any(leaves(said) for said in ("你好", "停止填报行吗", "好的", ""))
    assert closes("结束")
    assert not closes("接着填")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-24T09:00", True),
        ("2026-11-24T08:59", False),
        ("2026-11-24T17:29", True),
        ("2026-11-24T17:30", False),
        ("2026-11-28T10:00", False),
    ],
)
def test_offices_are_open_on_their_days_and_hours(at: str, is_open: bool) -> None:
    assert OfficeHours().hold(datetime.fromisoformat(f"{at}+08:00")) is is_open


@pytest.mark.parametrize("action", [Action.TALK, Action.HEAR, Action.CLOSE])
def test_a_station_helps_its_own_people_and_nobody_elses(action: Action) -> None:
    around = frozenset(("t1", "k1", "c1"))
    assert may("station", "t1", action, "t1", around)
    assert not may("station", "t2", action, "t1", around)
    assert may("county", "k1", action, "t1", around)
    assert not may("county", "k2", action, "t1", around)
    for role in ("city", "province", "operator", "auditor"):
        assert not may(role, "c1", action, "t1", around)


@pytest.mark.parametrize("action", [Action.TALK, Action.HEAR, Action.CLOSE])
def test_any_station_of_a_county_helps_who_said_no_more(action: Action) -> None:
    around = frozenset(("k1", "c1", "t1", "t2"))
    assert may("station", "t2", action, "k1", around)
    assert not may("station", "t9", action, "k1", around)
