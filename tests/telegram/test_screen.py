"""What people see: toasts, settled and redrawn messages, keyboards, limits."""

import pytest

from bot.messages import Button, Message
from bot.telegram.keyboards import clip, drafts, split
from conversations.buttons import Press, Verb, encode
from tests.fakes.bot_api import BotApi
from tests.telegram.echo import EchoTurns
from tests.telegram.harness import WORDING, eventually, polling


async def test_a_tap_settles_the_question_and_costs_three_calls(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
        before = len(api.world.calls)
        person.press("好")
        await person.sees_answers(3)
        await eventually(lambda: not turns.owing)
        made = [call.method for call in list(api.world.calls)[before:]]
    assert sorted(set(made) - {"getUpdates"}) == [
        "answerCallbackQuery",
        "editMessageText",
        "sendMessage",
    ]
    assert person.chat.toasts == ["好"]
    assert [
        entry.keyboard for entry in person.chat.entries.values() if entry.text == "答了按1"
    ] == [[]]


async def test_a_redraw_edits_the_tapped_message_in_place(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
        shown = max(person.chat.entries)
        person.tap(shown, encode(Press(Verb.PAGE, 1, 1, 1)))
        await person.until(lambda seer: "第2问" in seer.answers)
    assert person.answers == ["记下：一", "第2问"]


async def test_an_edit_that_changes_nothing_is_no_fault(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
        for _ in range(2):
            person.tap(max(person.chat.entries), encode(Press(Verb.TOGGLE, 1, 1, 1)))
        await eventually(lambda: len(turns.committed) == 3 and not turns.owing)
    assert person.answers == ["记下：一", "不变"]
    assert [call.status for call in api.calls("editMessageText")] == [200, 400]


async def test_a_redraw_of_a_message_that_is_gone_is_sent_anew(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    async with polling(api, turns):
        person.tap(99, encode(Press(Verb.PAGE, 1, 1, 1)))
        assert await person.sees_answers(1) == ["第1问"]


async def test_a_forged_button_is_answered_with_a_toast(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    async with polling(api, turns):
        person.tap(99, "' or 1=1 --")
        await eventually(lambda: bool(person.chat.toasts))
    assert person.chat.toasts == ["这个按钮不能用了"]


async def test_a_toast_that_comes_too_late_becomes_a_message(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    person.tap(99, "forged")
    api.world.expire_taps()
    async with polling(api, turns):
        assert await person.sees_answers(1) == ["这个按钮不能用了"]
        await eventually(lambda: not turns.owing)


async def test_the_message_with_a_whole_number_disappears(api: BotApi, turns: EchoTurns) -> None:
    person = api.person(7)
    person.say("号码")
    async with polling(api, turns):
        await person.sees_answers(1)
        await eventually(lambda: not turns.owing)
    assert person.sees == "第1问\n[好]"


async def test_the_phone_keyboard_comes_with_its_question_and_goes_with_the_answer(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    async with polling(api, turns):
        person.say("电话")
        await person.sees_answers(2)
        assert person.chat.reply_keyboard[0][0]["request_contact"] is True
        person.share_phone("+8613900000000")
        await person.sees_answers(4)
        assert person.chat.reply_keyboard == []
        person.say("电话")
        await person.sees_answers(6)
        person.say("自己打字")
        await person.sees_answers(8)
        assert person.chat.reply_keyboard == []
    assert turns.said["7"][1] == "自己的+8613900000000"


async def test_a_long_text_is_cut_at_line_ends_and_protected_throughout(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    person.say("很长")
    async with polling(api, turns):
        answers = await person.sees_answers(3)
        await eventually(lambda: not turns.owing)
    entries = [entry for entry in person.chat.entries.values() if entry.is_bot]
    assert all(entry.protect for entry in entries)
    assert [bool(entry.keyboard) for entry in entries] == [False, False, True]
    assert "\n".join(answers).count("\n") == 99
    assert all(text.startswith("第") for text in answers)


def test_pieces_hold_every_character_and_none_is_too_long() -> None:
    text = "😀" * 5000 + "\n" + "字" * 3000
    pieces = list(split(text))
    assert "".join(pieces) == text.replace("\n", "")
    assert max(len(piece.encode("utf-16-le")) // 2 for piece in pieces) <= 4096


def test_a_clipped_text_never_ends_in_half_a_character() -> None:
    assert clip("a😀b", 2) == "a"
    assert clip("短", 200) == "短"


def test_the_phone_keyboard_rides_on_a_message_without_buttons() -> None:
    row = ((Button("返回", "b"),),)
    plan = drafts(
        (Message("已记下"), Message("手机号？", row, ask_phone=True)),
        keyboard_up=False,
        wording=WORDING,
    )
    assert [draft.text for draft in plan] == ["已记下", "手机号？"]


@pytest.mark.parametrize("style", ["", "primary", "success", "danger"])
async def test_buttons_carry_their_style(api: BotApi, turns: EchoTurns, style: str) -> None:
    plan = drafts(
        (Message("？", ((Button("好", "a", style),),)),),  # type: ignore[arg-type]
        keyboard_up=False,
        wording=WORDING,
    )
    markup = plan[0].markup
    assert markup is not None
    button = markup["inline_keyboard"][0][0]
    assert button.get("style", "") == style


async def test_a_typed_answer_takes_the_place_of_the_buttons_it_answers(
    api: BotApi, turns: EchoTurns
) -> None:
    person = api.person(7)
    person.say("一")
    async with polling(api, turns):
        await person.sees_answers(2)
        person.say("填：张三")
        await eventually(lambda: len(turns.committed) == 2 and not turns.owing)
    settled = [entry for entry in person.chat.entries.values() if entry.text == "答了填：张三"]
    assert [entry.keyboard for entry in settled] == [[]]
