"""Which option words mean: its text, its number on the list, yes or no, or a part of its text."""

import re
from collections.abc import Sequence
from typing import Final

from conversations.replies.assent import yes_or_no
from conversations.replies.band import in_band
from conversations.replies.characters import bared, cleaned
from conversations.replies.ordinal import place_in
from conversations.replies.outcome import Reading, Reason, Several, Unclear, Understood
from conversations.replies.search import Found, agrees, find, is_label
from conversations.replies.sounds import SILENT, Sounds, letters_of
from conversations.xform.question import Choice

_NEGATION: Final = r"(?i:[不没无非未]|\b(?:no|not|don't|never)\b)"


def read_option(
    text: str,
    choices: Sequence[Choice],
    on_show: Sequence[Choice] = (),
    sounds: Sounds = SILENT,
    *,
    is_long: bool = False,
) -> Reading:
    """Read one choice.

    Args:
        on_show: numbers count within these, by default within all choices.
        is_long: the list is searched: a part of a label is then looked for, not taken at once.
    """
    bare = bared(text)
    if not bare:
        return Unclear(Reason.NOT_AN_OPTION)
    for choice in choices:
        if is_label(choice, bare):
            return taken((choice,))
    numbered = on_show or choices
    place = place_in(bare, len(numbered))
    if place:
        return taken((numbered[place - 1],))
    if (choice_in_band := in_band(text, choices)) is not None:
        return taken((choice_in_band,))
    if place == 0:
        return Unclear(Reason.NO_SUCH_NUMBER, {"count": str(len(numbered))})
    return _by_yes_or_no(bare, choices) or _by_words(text, choices, sounds, is_long=is_long)


def taken(choices: Sequence[Choice]) -> Understood:
    """Return the choices as an answer, in the order given."""
    names = " ".join(choice.name for choice in choices)
    return Understood(names, "、".join(choice.label for choice in choices))


def _by_yes_or_no(bare: str, choices: Sequence[Choice]) -> Understood | None:
    """Where one of two labels says no, as in 想 and 不想, any yes and any no will do."""
    negative = [bool(re.search(_NEGATION, choice.label)) for choice in choices]
    if sorted(negative) != [False, True]:
        return None
    no, yes = sorted(choices, key=lambda choice: not re.search(_NEGATION, choice.label))
    said = yes_or_no(bare)
    if said is None:
        # The negative label holds the other one, so it is looked for first.
        meant = [choice for choice in (no, yes) if choice.label in bare]
        said = None if not meant or not agrees(bare, meant[0].label) else meant[0] is yes
    return None if said is None else taken((yes if said else no,))


def _by_words(text: str, choices: Sequence[Choice], sounds: Sounds, *, is_long: bool) -> Reading:
    # One or two letters may be a slip or an option's letter from elsewhere.
    letters = letters_of(text)
    found = find(choices, text, SILENT if letters and len(letters) < 2 and not is_long else sounds)
    if not found.choices:
        return Unclear(Reason.NOT_AN_OPTION)
    if len(found.choices) == 1 and (found.is_sure or (found.is_part and not is_long)):
        return taken(found.choices)
    if len(found.choices) > 1 and found.is_sure and not is_long:
        return _too_many(found)
    return Several(cleaned(text), found.choices)


def _too_many(found: Found) -> Unclear:
    labels = "、".join(choice.label for choice in found.choices[:4])
    return Unclear(Reason.SEVERAL_OPTIONS, {"options": labels})
