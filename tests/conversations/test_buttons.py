"""What buttons carry: short, exact, and only ever what we wrote."""

from hypothesis import given
from hypothesis import strategies as some

from bot.render.turn import render
from conversations.buttons import MAX_BYTES, Press, Verb, decode, encode
from conversations.events import ChangeOffered, Listing, QuestionAsked
from conversations.interview import first_interview
from conversations.lobby.wishes import Wish, errand_in, menu_press, tag_of
from conversations.reply import Tap
from conversations.xform import Form, Session
from conversations.xform.question import Choice
from tests.conversations.talk import NOW, TEXTS

NAMES = some.text("abcXYZ019_-", max_size=32)
PRESSES = some.builds(
    Press,
    some.sampled_from(Verb),
    some.integers(0, 999_999_999),
    some.integers(-1, 99_999),
    some.integers(0, 999_999_999),
    NAMES,
)


@given(PRESSES)
def test_a_button_says_again_what_was_put_into_it(press: Press) -> None:
    wire = encode(press)
    assert len(wire.encode()) <= MAX_BYTES
    assert decode(wire) == press


@given(some.one_of(some.text(max_size=70), some.from_regex(r"[a-z]\.-?\d+\.-?\d+\.\d+\.\w*")))
def test_only_what_was_written_is_read(wire: str) -> None:
    press = decode(wire)
    assert press is None or encode(press) == wire


@given(some.text(max_size=64))
def test_a_wish_on_a_button_is_known_or_ignored(value: str) -> None:
    errand = errand_in(Tap(Press(Verb.MENU, value=value)))
    assert errand is None or errand.wish in set(Wish)


def test_every_wish_about_a_person_fits_a_button() -> None:
    for wish in Wish:
        press = menu_press(wish, tag_of("0199b8e4-7d1c-7f00-8a11-0123456789ab"))
        assert decode(encode(press)) == press
        errand = errand_in(Tap(press))
        assert errand is not None
        assert (errand.wish, errand.argument) == (wish, "0123456789ab")


def test_every_choice_of_the_whole_form_fits_a_button(form: Form) -> None:
    session = Session(form, NOW)
    state = first_interview(999_999_999).with_changes(revision=999_999_999)
    villages = tuple(Choice(f"v{at}", "东张村") for at in range(400))
    for place in form.questions:
        question = session.question(place.path)
        offered = villages if question.bot.get("reader") == "village" else question.choices
        asked = QuestionAsked(question, Listing(offered, 0, 9, "村"), "从前的", can_go_back=True)
        told = ChangeOffered(question, "旧", "新")
        for message in render((asked, told), TEXTS, state, tapped=False).messages:
            for button in (button for row in message.rows for button in row):
                assert decode(button.data) is not None
                assert len(button.data.encode()) <= MAX_BYTES
                assert button.label.strip()
