"""Which option English words mean: its label, its place, yes or no, or words of its label."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from conversations.replies.english.numbers import number_in
from conversations.replies.english.words import does_not_know, each, folded, yes_or_no
from conversations.replies.outcome import Reading, Reason, Several, Unclear, Understood
from conversations.xform.question import Choice

_PLACES: Final = each(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_PLACE: Final = re.compile(
    r"(?:i )?(?:choose |take |want )?(?:the )?(?:number |no |option |answer )?([a-z0-9]+)(?: one)?"
)
_KINDS: Final = re.compile(
    r" (?:city|county|district|town|township|subdistrict|province|ethnic group|people)$"
)
_PIECES: Final = re.compile(r"[,;/&+\n]|\band\b", re.IGNORECASE)
_ALL: Final = frozenset(("all", "all of them", "everything", "all of these"))
_NEGATIVE: Final = re.compile(r"^(?:no|not|none|nothing)\b|\bnot\b")
_SMALL_WORDS: Final = frozenset(
    each(
        "i am is are my me we the a an in at on to of for it this that do work as with from or "
        "and be have has would like want choose one"
    )
)
# Words that people use for what a label calls otherwise.
_MEANING: Final = {
    **dict.fromkeys(("me", "self", "own"), "myself"),
    **dict.fromkeys(("mom", "mum", "mama"), "mother"),
    **dict.fromkeys(("dad", "papa"), "father"),
    **dict.fromkeys(("student", "pupil", "studying"), "school"),
    **dict.fromkeys(("soldier", "military"), "army"),
    **dict.fromkeys(("unemployed", "jobless"), "no"),
    **dict.fromkeys(("farmer", "peasant", "crops"), "farming"),
    **dict.fromkeys(("construction", "builder"), "building"),
    **dict.fromkeys(("driver", "truck", "taxi"), "driving"),
    **dict.fromkeys(("cook", "chef"), "cooking"),
    **dict.fromkeys(("welder",), "welding"),
    **dict.fromkeys(("computer",), "computers"),
    **dict.fromkeys(("anyplace", "everywhere"), "anywhere"),
}
_SPAN: Final = re.compile(r"([0-9]+) to ([0-9]+)")
_EDGE: Final = re.compile(r"^(below|above) ([0-9]+)")
_SHORTEST: Final = 3


def read_option(
    text: str, choices: Sequence[Choice], on_show: Sequence[Choice], *, is_long: bool
) -> Reading | None:
    """Read one choice; None leaves it to the search in long lists."""
    bare = folded(text)
    if meant := _named(bare, choices):
        return taken(meant[:1])
    numbered = on_show or choices
    if (place := _place(bare, len(numbered))) is not None:
        if not 1 <= place <= len(numbered):
            return Unclear(Reason.NO_SUCH_NUMBER, {"count": str(len(numbered))})
        return taken((numbered[place - 1],))
    if choice := _by_yes_or_no(bare, choices) or in_band(bare, choices):
        return taken((choice,))
    if does_not_know(text):
        return Unclear(Reason.DO_NOT_KNOW)
    return _by_words(bare, choices, is_long=is_long)


def read_options(
    text: str, choices: Sequence[Choice], on_show: Sequence[Choice], *, is_long: bool
) -> Reading | None:
    """Read several choices, parted by commas or by and; None leaves it to the search."""
    if folded(text) in _ALL:
        return taken(choices)
    pieces = [piece for piece in _PIECES.split(text) if piece.strip()]
    if len(pieces) < 2 or _named(folded(text), choices):
        return read_option(text, choices, on_show, is_long=is_long)
    named: set[str] = set()
    for piece in pieces:
        reading = read_option(piece, choices, on_show, is_long=False)
        if not isinstance(reading, Understood):
            return reading
        named.update(reading.value.split())
    return taken([choice for choice in choices if choice.name in named])


def taken(choices: Sequence[Choice]) -> Understood:
    """Return the choices as an answer, in the order given."""
    names = " ".join(choice.name for choice in choices)
    return Understood(names, ", ".join(choice.label for choice in choices))


def _named(bare: str, choices: Sequence[Choice]) -> list[Choice]:
    """Return those whose label the words are, whole or without the word for its kind."""
    exact = [choice for choice in choices if folded(choice.label) == bare]
    said = _KINDS.sub("", bare)
    return exact or [choice for choice in choices if _stem(choice) == said]


def _place(bare: str, count: int) -> int | None:
    found = _PLACE.fullmatch(bare)
    if found is None:
        return None
    if found[1] == "last":
        return count
    if found[1] in _PLACES:
        return _PLACES.index(found[1]) + 1
    if found[1] == bare or not found[1].isdecimal():
        # A bare figure is for the other readers; a bare word is a place only up to twelve.
        number = None if bare.isdecimal() else number_in(found[1])
        return int(number) if number is not None and 1 <= number <= len(_PLACES) else None
    return int(found[1])


def _by_yes_or_no(bare: str, choices: Sequence[Choice]) -> Choice | None:
    """Where one label alone says no, any no means it, and of two labels any yes the other one."""
    said = yes_or_no(bare)
    denying = [choice for choice in choices if _NEGATIVE.search(folded(choice.label))]
    if said is None or len(denying) != 1:
        return None
    if len(choices) == 2:
        other = next(choice for choice in choices if choice is not denying[0])
        return other if said else denying[0]
    is_none = folded(denying[0].label).split()[0] in ("none", "nothing")
    return denying[0] if not said and is_none else None


def in_band(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the option whose span of numbers holds the one that the words give."""
    number = number_in(text)
    if number is None:
        return None
    for choice in choices:
        label = folded(choice.label)
        if (found := _SPAN.search(label)) and Decimal(found[1]) <= number <= Decimal(found[2]):
            return choice
        if found := _EDGE.search(label):
            edge = Decimal(found[2])
            if number <= edge if found[1] == "below" else number > edge:
                return choice
    return None


def _by_words(bare: str, choices: Sequence[Choice], *, is_long: bool) -> Reading | None:
    """Take the option that all the words fit, as beginnings of words of its label."""
    said = [_MEANING.get(word, word) for word in bare.split()]
    said = [word for word in said if word not in _SMALL_WORDS]
    fitting = [choice for choice in choices if said and _fits(said, folded(choice.label).split())]
    if not fitting:
        fitting = [choice for choice in choices if _is_said(_stem(choice), bare)]
    if not fitting:
        return None if is_long else Unclear(Reason.NOT_AN_OPTION)
    if len(fitting) == 1:
        is_sure = not is_long or _is_said(_stem(fitting[0]), bare)
        return taken(fitting) if is_sure else Several(fitting[0].label, tuple(fitting))
    if is_long:
        return None
    labels = ", ".join(choice.label for choice in fitting[:4])
    return Unclear(Reason.SEVERAL_OPTIONS, {"options": labels})


def _stem(choice: Choice) -> str:
    """Return a label without the word for its kind: Pingyao County -> pingyao."""
    return _KINDS.sub("", folded(choice.label))


def _fits(said: list[str], words: list[str]) -> bool:
    return all(
        any(word == one or _begins(word, one) or _begins(one, word) for word in words)
        for one in said
    )


def _begins(longer: str, shorter: str) -> bool:
    return len(shorter) >= _SHORTEST and longer.startswith(shorter)


def _is_said(label: str, bare: str) -> bool:
    """Tell whether the label stands in the words as it is: I am Hui."""
    return bool(label) and f" {label} " in f" {bare} "
