"""Options that are spans of numbers: 3500 is one of 3001到4000元."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.money import read_money
from conversations.replies.outcome import Understood
from conversations.xform.question import Choice

_BETWEEN: Final = r"([0-9]+)(?:到|至|-|—|~)([0-9]+)"
_BELOW: Final = r"([0-9]+)[^0-9]*以下"
_ABOVE: Final = r"([0-9]+)[^0-9]*以上"
_MORE: Final = r"以上|往上|多$|出头"
_ENDLESS: Final = Decimal("Infinity")
_FEWEST: Final = 2


def in_band(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the option whose span holds the number that the words give, None for no such."""
    spans = [(span, choice) for choice in choices if (span := _span(choice.label)) is not None]
    if len(spans) < _FEWEST:
        return None
    number = read_money(text)
    if not isinstance(number, Understood) or number.value == "0":
        return None
    # 八千以上 lies above the span that ends with 8000.
    value = Decimal(number.value) + bool(re.search(_MORE, plain(text)))
    for (least, most), choice in spans:
        if least <= value <= most:
            return choice
    return None


def _span(label: str) -> tuple[Decimal, Decimal] | None:
    if found := re.search(_BETWEEN, label):
        return Decimal(found[1]), Decimal(found[2])
    if found := re.search(_BELOW, label):
        return Decimal(0), Decimal(found[1])
    if found := re.search(_ABOVE, label):
        return Decimal(found[1]) + 1, _ENDLESS
    return None
