"""Listening with the real turns: a question, a greeting, a receipt; nothing is asked anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.clips.pack import Pack
from bot.texts import load_texts
from bot.turns import ChatTurns
from conversations.buttons import Verb, decode
from conversations.lobby.wishes import Wish, menu_press
from conversations.reply import Tap
from tests.clips.tones import packed
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat

NOTICE = "县人社局请您填一份就业信息，由乡镇就业服务站管。"
CONSENT = "您同意填写吗？\n不同意也没关系，点一下就结束，什么都不留。"
DONE = "提交好了，谢谢您！"


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return packed(
        tmp_path / "pack",
        {
            **{"numbers/1": "一", "numbers/2": "二", "texts/receipt.done": DONE},
            **{"rural_labour/notice_who": NOTICE, "rural_labour/consent": CONSENT},
            **{"rural_labour/consent/yes": "同意", "rural_labour/consent/no": "不同意"},
        },
    )


@pytest.fixture
async def speaking(stage: Stage, pack: Pack) -> Chat:
    """Return a chat in which something can be heard."""
    texts = load_texts("zh", voice=pack)
    await stage.turns.close()
    stage.turns = ChatTurns(stage.database, replace(stage.world, texts=texts))
    return Chat(stage)


def said(pack: Pack, *sentences: str) -> str:
    """Return the clip of these sentences."""
    return "".join(pack.ids[sentence] for sentence in sentences)


async def test_a_question_is_heard_with_its_notice_and_options_and_stays_open(
    speaking: Chat, pack: Pack
) -> None:
    await speaking.write("开始")
    asked = len(speaking.shown)
    heard = await speaking.tap("听")
    assert heard.clip == said(pack, NOTICE, CONSENT, "一", "同意", "二", "不同意")
    assert heard.messages == ()
    assert len(speaking.shown) == asked
    await speaking.tap("同意")
    assert "身份证号" in speaking.shown[-1].text


async def test_where_nothing_was_recorded_nothing_is_offered(speaking: Chat) -> None:
    await speaking.write("开始")
    await speaking.tap("同意")
    assert "听" not in speaking.labels()


async def test_a_receipt_can_be_heard(speaking: Chat, pack: Pack) -> None:
    await speaking.report(people.FARMING)
    assert (await speaking.tap("听")).clip == said(pack, DONE)


async def test_a_clip_that_is_gone_or_made_up_is_told(speaking: Chat) -> None:
    told = await speaking.take(Tap(menu_press(Wish.HEAR, "AAAAA")))
    assert told.clip == ""
    assert told.messages[-1].text.startswith("这一句还没有录音")


async def test_a_question_that_was_answered_can_be_heard_again(speaking: Chat, pack: Pack) -> None:
    await speaking.write("开始")
    hear = decode(speaking.button("听").data)
    assert hear is not None
    assert hear.verb is Verb.HEAR
    await speaking.tap("同意")
    assert (await speaking.take(Tap(hear))).clip.startswith(said(pack, NOTICE, CONSENT))
