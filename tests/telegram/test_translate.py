"""Every kind of input means something of ours, or is let pass on purpose."""

from typing import Any

import pytest

from tests.fakes.bot_api import BotApi
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import eventually, polling

_FILE = {"file_id": "f", "file_unique_id": "u"}
_SIZE = {"width": 1, "height": 1}
_MEDIA: list[tuple[str, Any, str]] = [
    ("photo", [{**_FILE, **_SIZE}], "photo"),
    ("voice", {**_FILE, "duration": 1}, "voice"),
    (
        "sticker",
        {**_FILE, **_SIZE, "type": "regular", "is_animated": False, "is_video": False},
        "sticker",
    ),
    ("location", {"latitude": 37.8, "longitude": 112.5}, "location"),
    ("document", _FILE, "document"),
    ("video", {**_FILE, **_SIZE, "duration": 1}, "video"),
    ("video_note", {**_FILE, "length": 1, "duration": 1}, "video"),
    ("dice", {"emoji": "🎲", "value": 3}, "other"),
]


@pytest.mark.parametrize(("kind", "content", "meaning"), _MEDIA, ids=[row[0] for row in _MEDIA])
async def test_media_of_each_kind_is_told_apart(
    api: BotApi, turns: EchoTurns, kind: str, content: Any, meaning: str
) -> None:
    person = api.person(7)
    person.send(kind, content)
    async with polling(api, turns):
        await person.sees_answers(2)
    assert turns.said["7"] == [meaning]


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("/start", "/start "),
        ("/start 140105-01", "/start 140105-01"),
        ("/START@xiangwen_test_bot a", "/start a"),
        ("/nonsense", "/nonsense "),
        ("/帮助", "/帮助"),
        ("1/2", "1/2"),
        ("山" * 4096, "山" * 4096),
        ("\u0007\u202e👵🏽", "\u0007\u202e👵🏽"),
    ],
    ids=["start", "payload", "addressed", "unknown", "Chinese", "slash", "long", "odd"],
)
async def test_words_and_commands(api: BotApi, turns: EchoTurns, typed: str, meaning: str) -> None:
    person = api.person(7)
    person.say(typed)
    async with polling(api, turns):
        await eventually(lambda: bool(turns.committed))
    assert turns.said["7"] == [meaning]


async def test_edited_and_forwarded_words_are_marked(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.say("张二")
    person.correct(1, "张三")
    person.forward("李四")
    async with polling(api, turns):
        await person.sees_answers(6)
    assert turns.said["7"] == ["张二", "张三（改）", "李四（转）"]


async def test_somebody_elses_contact_is_not_the_own_number(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.share_phone("+8613900000000")
    person.share_phone("+8613900000001", owner=8)
    async with polling(api, turns):
        await person.sees_answers(4)
    assert turns.said["7"] == ["自己的+8613900000000", "别人的+8613900000001"]


async def test_a_moving_location_is_answered_once_only(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    place = {"latitude": 37.8, "longitude": 112.5}
    person.send("location", place)
    moved = {
        "message_id": 1,
        "date": 1,
        "edit_date": 2,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "人"},
        "location": place,
    }
    for _ in range(5):
        api.world.update(edited_message=moved)
    person.say("完")
    async with polling(api, turns):
        await person.sees_answers(4)
    assert turns.said["7"] == ["location", "完"]


async def test_a_group_hears_one_polite_sentence(api: BotApi, turns: EchoTurns) -> None:
    group = api.person(-100)
    group.chat.kind = "group"
    for _ in range(3):
        group.say("/start")
    group.tap(1, "forged")
    person = api.person(7)
    person.say("你好")
    async with polling(api, turns):
        await person.sees_answers(2)
        assert len(await group.sees_answers(1)) == 1
    assert list(turns.said) == ["7"]


async def test_a_tap_whose_message_telegram_no_longer_holds_finds_its_chat(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    user = {"id": 7, "is_bot": False, "first_name": "人"}
    api.world.update(
        callback_query={"id": "1", "from": user, "chat_instance": "7", "data": "a.1.5.1.yes"}
    )
    async with polling(api, turns):
        await person.sees_answers(1)
    assert turns.said["7"] == ["按5"]
