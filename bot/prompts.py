"""A prompt of a follow-up as it goes out: its text filled in, and its buttons."""

from collections.abc import Mapping
from typing import Final

from bot.messages import Button, ButtonStyle, Message
from bot.places import Places
from bot.texts import Texts
from conversations.buttons import encode
from conversations.lobby.wishes import Wish, menu_press
from conversations.reminders import Delay
from conversations.wordings import fill

# The texts that ship with the program, in the order in which they are offered.
SHIPPED: Final = (
    "prompt.other",
    "prompt.nudge",
    "prompt.not_started",
    "prompt.unfinished",
    "prompt.training",
    "prompt.job",
    "prompt.yearly",
)


def shipped_words(texts: Texts, name: str) -> dict[str, str]:
    """Return a shipped text by language, placeholders and all; {} for an unknown name."""
    if name not in SHIPPED:
        return {}
    return {code: known.sentences[name] for code, known in texts.all.items()}


def place_values(texts: Texts, places: Places, township_id: str | None) -> dict[str, str]:
    """Return what {station} and {county} are for somebody of a township."""
    place = places.by_id.get(township_id or "")
    if place is None:
        return {}
    above = {one.level: one.name for one in places.above(place)}
    county = place.name if place.level == "county" else above.get("county", "")
    return {"station": texts("prompt.station", place=place.name), "county": county}


def follow_up_message(
    texts: Texts, words: str, values: Mapping[str, str], tag: str, *, has_report: bool = True
) -> Message:
    """Return a prompt; it names nobody, for a phone may be shared.

    Args:
        words: the text in the language of `texts` (storage.waves.words_of).
        values: what its last placeholders are for this person (`place_values`).
        tag: of the person, as `tag_of` makes it.
        has_report: somebody without one is asked to begin or go on, and has nothing to put off.
    """

    def button(label: str, wish: Wish, argument: str = "") -> Button:
        style: ButtonStyle = "primary" if wish in (Wish.UPDATE, Wish.START) else ""
        return Button(label, encode(menu_press(wish, argument)), style)

    text = fill(words, values)
    if not has_report:
        begin = button(texts("button.prompt_fill"), Wish.START)
        later = button(texts("button.prompt_dismiss"), Wish.DISMISS)
        return Message(text, ((begin,), (later,)))
    update = button(texts("button.prompt_update"), Wish.UPDATE, tag)
    later = button(texts("button.prompt_later"), Wish.LATER, f"{tag}-{Delay.TONIGHT}")
    other = button(texts("button.not_me"), Wish.NOT_ME, tag)
    return Message(text, ((update,), (later,), (other,)))
