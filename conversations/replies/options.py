"""Several options at once: 1 3 5, 1、3, 135, 前三个, 都要, 电工和焊工."""

import re
from collections.abc import Sequence
from typing import Final

from conversations.replies.characters import bared, plain
from conversations.replies.option import read_option, taken
from conversations.replies.ordinal import places_in
from conversations.replies.outcome import Reading, Understood
from conversations.replies.search import find, is_label
from conversations.replies.sounds import SILENT, Sounds
from conversations.xform.question import Choice

_BETWEEN: Final = re.compile(r"[\s,，、;；/。.+&]+|和|跟|还有|以及|与|再加上?")
_ENCIRCLED: Final = re.compile(r"(?<=[①-⑳❶-❿])(?=[①-⑳❶-❿])")


def read_options(
    text: str,
    choices: Sequence[Choice],
    on_show: Sequence[Choice] = (),
    sounds: Sounds = SILENT,
    *,
    is_long: bool = False,
) -> Reading:
    """Read several choices, separated by almost anything or by nothing.

    Numbers count within `on_show`, by default within all choices; "all" means all choices.
    """
    pieces = [piece for piece in _BETWEEN.split(plain(_ENCIRCLED.sub(" ", text))) if piece]
    if any(is_label(choice, bared(text)) for choice in choices) or not pieces:
        return read_option(text, choices, on_show, sounds, is_long=is_long)
    numbered = on_show or choices
    if len(pieces) == 1:
        return _one_piece(text, choices, numbered, sounds, is_long=is_long)
    readings = [_one_piece(piece, choices, numbered, sounds, is_long=is_long) for piece in pieces]
    for reading in readings:
        if not isinstance(reading, Understood):
            return _whole(text, choices) or reading
    named = {
        name
        for reading in readings
        if isinstance(reading, Understood)
        for name in reading.value.split()
    }
    return taken([choice for choice in choices if choice.name in named])


def _one_piece(
    piece: str,
    choices: Sequence[Choice],
    numbered: Sequence[Choice],
    sounds: Sounds,
    *,
    is_long: bool,
) -> Reading:
    places = places_in(piece, len(numbered))
    if places is not None:
        meant = choices if len(places) == len(numbered) else [numbered[at - 1] for at in places]
        return taken(meant)
    return _whole(piece, choices) or read_option(piece, choices, numbered, sounds, is_long=is_long)


def _whole(text: str, choices: Sequence[Choice]) -> Understood | None:
    """Take all labels that one sentence names in full: 电工电焊都想学."""
    found = find(choices, text)
    return taken(found.choices) if found.is_sure and len(found.choices) > 1 else None
