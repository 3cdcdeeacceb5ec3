"""Choices in an order that a seed decides: randomize(nodeset, seed) of ODK XForms.

The same generator (Park and Miller) and shuffle (Fisher and Yates) as JavaRosa, so that a seed
gives the same order here and in ODK Collect.
"""

import hashlib
import math
from typing import Final, TypeVar

from conversations.xform.values import Value, to_number, to_text

_MODULUS: Final = 2**31 - 1
_MULTIPLIER: Final = 16_807
_LONG: Final = 2**63

Item = TypeVar("Item")


def seed_of(value: Value) -> int:
    """Return the whole number that a value seeds with; text that is no number is hashed."""
    number = to_number(value)
    if not math.isnan(number):
        return int(max(-_LONG, min(_LONG - 1, number)))
    text = to_text(value)
    if not text:
        return 0
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def shuffled(items: list[Item], seed: int) -> list[Item]:
    """Return the items in the order of a seed."""
    state = math.fmod(float(seed), _MODULUS)
    if state <= 0:
        state += _MODULUS - 1
    found: list[Item] = []
    for place, item in enumerate(items):
        state = state * _MULTIPLIER % _MODULUS
        chosen = int((int(state) - 1) / (_MODULUS - 1) * (place + 1))
        found.append(item)
        found[place], found[chosen] = found[chosen], item
    return found
