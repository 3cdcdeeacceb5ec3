"""What stands on the page after each kind of turn."""

from bot.messages import Button, Message, Outgoing
from bot.web.screen import Line, Said, Screen, continued, fold, said_with

ASKED = Message("您同意吗？", ((Button("同意", "a.1.0.0.yes"),),))
LISTED = Message("哪个县？（第1页）", ((Button("下一页", "p.1.1.0.1"),),))
NEXT = Message("您叫什么名字？")
TYPED = Said("好")
TAPPED = said_with("a.1.0.0.yes", (ASKED,))


def test_a_tap_is_told_by_the_label_of_its_button() -> None:
    assert Said("同意", "a.1.0.0.yes") == TAPPED


def test_a_tap_on_a_button_that_is_not_on_show_has_no_words() -> None:
    assert said_with("a.1.0.0.no", (ASKED,)) == Said("", "a.1.0.0.no")


def test_new_messages_come_under_the_old_question_and_the_answer() -> None:
    screen = fold(Screen((), (ASKED,)), TYPED, Outgoing((NEXT,)))
    assert screen == Screen((Line("bot", "您同意吗？"), Line("me", "好")), (NEXT,))


def test_a_question_that_is_asked_again_is_on_the_screen_once() -> None:
    screen = fold(Screen((), (ASKED,)), TYPED, Outgoing((Message("没看懂。"), ASKED)))
    assert screen.past == (Line("me", "好"),)


def test_the_screen_keeps_the_last_lines_only() -> None:
    screen = Screen()
    for count in range(9):
        screen = fold(screen, Said(f"第{count}句"), Outgoing((Message(f"第{count}问"),)))
    assert screen.past[-1] == Line("me", "第8句")
    assert len(screen.past) == 8


def test_a_settled_tap_is_told_once() -> None:
    screen = fold(Screen((), (ASKED,)), TAPPED, Outgoing((NEXT,), settle="您同意吗？\n✓ 同意"))
    assert screen == Screen((Line("bot", "您同意吗？\n✓ 同意"),), (NEXT,))


def test_a_settled_tap_without_a_new_message_leaves_the_others_open() -> None:
    screen = fold(Screen((), (LISTED, ASKED)), TAPPED, Outgoing(settle="✓ 同意"))
    assert screen == Screen((Line("bot", "✓ 同意"),), (LISTED,))


def test_a_redraw_takes_the_place_of_the_tapped_message_only() -> None:
    page_two = Message("哪个县？（第2页）")
    said = said_with("p.1.1.0.1", (ASKED, LISTED))
    assert fold(Screen((), (ASKED, LISTED)), said, Outgoing(redraw=page_two)).messages == (
        ASKED,
        page_two,
    )


def test_a_redraw_of_a_message_no_longer_on_show_takes_the_last_place() -> None:
    said = said_with("p.1.1.0.9", (LISTED,))
    assert fold(Screen((), (LISTED,)), said, Outgoing(redraw=NEXT)).messages == (NEXT,)


def test_a_toast_alone_changes_nothing_else() -> None:
    screen = fold(Screen((), (ASKED,)), TAPPED, Outgoing(toast="答过了。"))
    assert screen == Screen((), (ASKED,), "答过了。")


def test_a_hidden_reply_is_told_by_what_stands_in_its_place() -> None:
    screen = fold(Screen((), (ASKED,)), Said("已隐藏"), Outgoing((NEXT,), hide_reply=True))
    assert screen.past[-1] == Line("me", "已隐藏")


def test_control_characters_do_not_reach_the_page() -> None:
    assert fold(Screen(), Said("李\x00\x1b\u202e秀英"), Outgoing((NEXT,))).past == (
        Line("me", "李秀英"),
    )


def test_an_overtaken_screen_keeps_its_words_and_loses_its_buttons() -> None:
    receipt = Message("交上了。", ((Button("好", "m.0.-1.0."),),))
    screen = Screen((Line("me", "交"),), (receipt, ASKED))
    found = continued(screen, Outgoing((ASKED,)))
    assert found == Screen((Line("me", "交"), Line("bot", "交上了。")), (ASKED,))
