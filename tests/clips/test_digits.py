"""Digits: every button that answers has one, and what deletes has none."""

from datetime import UTC, datetime, timedelta

from bot.channel import Address
from bot.digits import Menus, numbered, numbers_of, with_digits
from bot.messages import Button, Message, Outgoing
from conversations.buttons import Press, Verb, encode
from conversations.lobby.wishes import Wish, menu_press
from conversations.reply import Reply, Tap, Text

HERE = Address("telegram", "7")


def button(verb: Verb, value: str = "", label: str = "钮") -> Button:
    return Button(label, encode(Press(verb, 1, 3, 5, value)))


def menu(*wishes: Wish) -> Message:
    return Message(
        "要做什么？", tuple((Button("钮", encode(menu_press(wish))),) for wish in wishes)
    )


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def tapped(reply: Reply) -> str:
    assert isinstance(reply, Tap)
    assert reply.press is not None
    return reply.press.value


def test_options_are_counted_and_the_foot_has_only_what_leads_on() -> None:
    message = Message(
        "问",
        (
            (button(Verb.KEEP),),
            (button(Verb.ANSWER, "a"), button(Verb.ANSWER, "b")),
            (button(Verb.PAGE, "2"), button(Verb.PAGE, "1"), button(Verb.PAGE, "all")),
            (button(Verb.BACK), button(Verb.WHY), button(Verb.SKIP), button(Verb.HEAR)),
        ),
    )
    labels = [[each.label for each in row] for row in numbered(message).rows]
    assert labels == [
        ["0 钮"],
        ["1 钮", "2 钮"],
        ["钮", "9 钮", "钮"],
        ["钮", "钮", "钮", "钮"],
    ]


def test_where_a_number_is_asked_for_no_digit_means_anything_else() -> None:
    message = Message("几个？", ((button(Verb.KEEP), button(Verb.SKIP)),), input_hint="numeric")
    assert numbers_of(message) == {}


def test_an_offer_is_taken_with_one_and_left_with_two() -> None:
    message = Message("改吗？", ((button(Verb.CHANGE, "yes"),), (button(Verb.KEEP),)))
    assert list(numbers_of(message)) == ["1", "2"]


def test_the_summary_is_submitted_with_zero() -> None:
    message = Message("看一遍", ((button(Verb.SUBMIT),), (button(Verb.REVIEW, "0"),)))
    assert list(numbers_of(message)) == ["0", "1"]


def test_what_deletes_has_no_digit() -> None:
    erase = Button("删除", encode(menu_press(Wish.ERASE)), "danger")
    message = Message("删吗？", ((erase,), (Button("不删", encode(menu_press(Wish.RECORD))),)))
    assert numbers_of(message) == {"1": encode(menu_press(Wish.RECORD))}


def test_only_what_waits_for_a_reply_shows_digits() -> None:
    earlier, last = menu(Wish.FIND), Message("问", ((button(Verb.ANSWER, "a"),),))
    shown = with_digits(Outgoing((earlier, last)))
    assert shown.messages == (earlier, numbered(last))


def test_typed_digits_press_the_button_of_the_menu_that_was_shown_last() -> None:
    menus = Menus(Clock())
    menus.note(HERE, Outgoing((menu(Wish.NEW, Wish.RECORD),)))
    assert tapped(menus.meant(HERE, Text(" ２。"))) == Wish.RECORD
    assert menus.meant(HERE, Text("3")) == Text("3")
    assert menus.meant(HERE, Text("2", edited=True)) == Text("2", edited=True)
    assert menus.meant(Address("telegram", "8"), Text("2")) == Text("2")


def test_a_menu_that_is_over_or_old_means_nothing_more() -> None:
    clock = Clock()
    menus = Menus(clock)
    menus.note(HERE, Outgoing((menu(Wish.NEW),)))
    menus.note(HERE, Outgoing(toast="好"))
    assert tapped(menus.meant(HERE, Text("1"))) == Wish.NEW
    clock.now += timedelta(minutes=16)
    assert menus.meant(HERE, Text("1")) == Text("1")
    menus.note(HERE, Outgoing((menu(Wish.NEW),)))
    menus.note(HERE, Outgoing((Message("问", ((button(Verb.ANSWER, "a"),),)),)))
    assert menus.meant(HERE, Text("1")) == Text("1")
