"""Numbers as text in Java's way, up to JDK 18: not always the shortest text (JDK-4511638).

JavaRosa writes decimals with Double.toString. Its digits come from a loop that stops when the
rest is below half a unit in the last place; whole numbers below 2**63 keep 17 digits or so.
"""

import math
from typing import Final

_BITS: Final = 53
_LOG10_OF_2: Final = 0.30102999566398


def double_text(number: float) -> str:
    """Return Java's Double.toString: 1.5, 1.0E10, 1.0E-4."""
    if math.isnan(number):
        return "NaN"
    sign = "-" if math.copysign(1.0, number) < 0 else ""
    if math.isinf(number):
        return sign + "Infinity"
    if number == 0:
        return sign + "0.0"
    digits, point = _digits(abs(number))
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """Return digits with their point: plain from 0.001 to below ten million, else with E."""
    if 0 < point < 8:
        whole = digits[:point].ljust(point, "0")
        return f"{whole}.{digits[point:] or '0'}"
    if -3 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    return f"{digits[0]}.{digits[1:] or '0'}E{point - 1}"


def _digits(number: float) -> tuple[str, int]:
    """Return the digits, and how many stand before the point."""
    fraction, exponent = math.frexp(number)
    binary = exponent - 1
    mantissa = int(fraction * 2**_BITS)
    if number == int(number) and binary <= 62:
        return _whole_digits(int(number), binary)
    trailing = (mantissa & -mantissa).bit_length() - 1
    return _developed(mantissa >> trailing, _BITS - trailing, binary)


def _whole_digits(number: int, binary: int) -> tuple[str, int]:
    """Return the digits of a whole number, without those that its bits cannot tell."""
    dropped = int((binary - _BITS - 1) * _LOG10_OF_2) if binary > _BITS + 2 else 0
    if dropped:
        number, rest = divmod(number, 10**dropped)
        number += 2 * rest >= 10**dropped
    text = str(number)
    return text.rstrip("0"), len(text) + dropped


def _developed(mantissa: int, bits: int, binary: int) -> tuple[str, int]:
    """Divide digit after digit off, until the rest is less than the number is exact."""
    shift = binary - (bits - 1)
    tens = _estimate(mantissa / 2 ** (bits - 1), binary)
    value, scale = mantissa, 1
    margin_shift = binary - _BITS - (bits == 1)
    low_shift = min(shift, margin_shift, 0)
    value <<= shift - low_shift
    margin = 1 << (margin_shift - low_shift)
    scale <<= -low_shift
    if tens > 0:
        scale *= 10**tens
    else:
        value *= 10**-tens
        margin *= 10**-tens
    return _loop(value, scale, margin, tens)


def _loop(value: int, scale: int, margin: int, tens: int) -> tuple[str, int]:
    """Return the digits of value / scale, rounded by where the loop stopped."""
    digits: list[int] = []
    digit, value, margin = value // scale, 10 * (value % scale), 10 * margin
    low, high = value < margin, value + margin > 10 * scale
    if digit == 0 and not high:
        tens -= 1
    else:
        digits.append(digit)
    if not -3 <= tens < 8:
        low = high = False
    while not low and not high:
        digit, value, margin = value // scale, 10 * (value % scale), 10 * margin
        low, high = value < margin, value + margin > 10 * scale
        digits.append(digit)
    rest = 2 * value - 10 * scale
    if high and (not low or rest > 0 or (rest == 0 and digits[-1] % 2)):
        digits, tens = _raised(digits, tens)
    return "".join(map(str, digits)).rstrip("0") or "0", tens + 1


def _raised(digits: list[int], tens: int) -> tuple[list[int], int]:
    """Add one to the last digit."""
    raised = str(int("".join(map(str, digits))) + 1)
    return [int(sign) for sign in raised], tens + (len(raised) > len(digits))


def _estimate(fraction: float, binary: int) -> int:
    """Return the power of ten of a number, or one more, as Java estimates it."""
    return math.floor((fraction - 1.5) * 0.289529654 + 0.176091259 + binary * 0.301029995663981)
