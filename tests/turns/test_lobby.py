"""A chat with nothing open: every reply gets its own answer, and only a greeting begins."""

from pathlib import Path
from typing import Final

import pytest

from conversations.buttons import Press, Verb, decode
from conversations.reply import Command, Media, Reply, SharedPhone, Tap, Text
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of
from tests.turns.tables import tables


# What is said here never depends on the database, so the quicker one is enough.
@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/xiangwen.db"


REPLIES: Final[dict[str, tuple[Reply, str]]] = {
    "a photo": (Media("photo"), "照片我看不了"),
    "a voice": (Media("voice"), "语音"),
    "an own contact": (SharedPhone("13800138000", own=True), "没找到用这个手机号"),
    "a contact": (SharedPhone("13800138000", own=False), "名片用不上"),
    "a forwarded message": (Text("你好", forwarded=True), "转发"),
    "an edited message": (Text("你好", edited=True), "重新发一条"),
    "an unknown command": (Command("weather"), "没有这个命令"),
    "help": (Text("帮助"), "点下面的按钮"),
    "the command help": (Command("help"), "点下面的按钮"),
    "a human": (Text("找人工"), "就业服务站"),
    "stop": (Text("停止"), "您要做什么"),
    "a forged tap": (Tap(None), "已经结束"),
    "an old answer": (Tap(Press(Verb.ANSWER, 1, 3, 4, "yes")), "已经结束"),
    "an old pause": (Tap(decode("m.0.-1.0.pause")), "已经结束"),
    "an old drop": (Tap(decode("m.0.-1.0.drop")), "已经结束"),
    "an unknown wish": (Tap(decode("m.0.-1.0.gold")), "已经结束"),
    "somebody's record": (Tap(decode("m.0.-1.0.erayes-0123456789ab")), "还没有填报"),
    "my record": (Text("我的信息"), "还没有填报"),
    "a wrong code": (Text("22222-33333"), "不对"),
}


async def test_nothing_but_a_greeting_begins_an_interview(stage: Stage, chat: Chat) -> None:
    for name, (reply, words) in REPLIES.items():
        assert words in text_of(await chat.take(reply)), name
    found = await tables(stage.url)
    assert found["interview"] == found["person"] == []


@pytest.mark.parametrize("hello", [Text("你好"), Text("开始"), Text(""), Command("start", "zzz")])
async def test_a_greeting_begins(chat: Chat, hello: Reply) -> None:
    assert "乡问" in text_of(await chat.take(hello))
    assert chat.open_press() is not None


async def test_a_chat_that_reported_gets_the_menu_for_everything(chat: Chat) -> None:
    await chat.report(people.FARMING)
    told = await chat.write("你好")
    assert "您要做什么" in text_of(told)
    for name, (reply, words) in REPLIES.items():
        told = await chat.take(reply)
        assert words in text_of(told) or people.FARMING["name"] in text_of(told), name


async def test_a_station_in_the_link_is_offered_and_not_taken_for_granted(chat: Chat) -> None:
    await chat.command("start", people.HOME["township"])
    await chat.fill(people.FARMING, "city")
    assert any(label.startswith("不改：") for label in chat.labels())
    await chat.fill(people.FARMING, "village")
    assert chat.open_press() is not None


async def test_another_interview_leaves_the_open_one_for_later(chat: Chat) -> None:
    await chat.report(people.FARMING)
    await chat.tap("替家里人填报")
    await chat.fill(people.PROXY, "name")
    told = await chat.tap("替家里人填报")
    assert "先留着" in text_of(told)
    assert "同意填写" in text_of(told)
    told = await chat.write("家里人")
    assert "我父亲或母亲：填到第1部分" in text_of(told)
    await chat.tap("接着填 我父亲或母亲")
    assert "名字" in chat.shown[-1].text
