"""Number functions, with Java's answers where Python would raise."""

import math
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from conversations.xform.values import NAN, Value, saturated, to_boolean, to_number

SMALLEST: Final = 5e-324
"""Java's Double.MIN_VALUE, where JavaRosa's max() starts: max() of negative numbers is this."""
LARGEST: Final = 1.7976931348623157e308


def rounded(value: Value, places: Value = 0.0) -> float:
    """Round like Excel: halves away from zero above it, towards zero below it."""
    number, digits = to_number(value), saturated(to_number(places))
    if math.isnan(number) or math.isinf(number):
        return number
    if abs(digits) > 30:
        return NAN
    if digits >= 0:
        way = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), way))
    scaled = float(Decimal(repr(number)).scaleb(digits))
    return float(Decimal(math.trunc(scaled + 0.5)).scaleb(-digits))


def total(values: Iterable[Value]) -> float:
    """Add up; what is no number counts nothing."""
    return sum((n for n in map(to_number, values) if not math.isnan(n)), 0.0)


def largest(values: Iterable[Value]) -> float:
    """Return the largest number, NaN when there is none."""
    known = [number for number in map(to_number, values) if not math.isnan(number)]
    return max([SMALLEST, *known]) if known else NAN


def smallest(values: Iterable[Value]) -> float:
    """Return the smallest number, NaN when there is none."""
    known = [number for number in map(to_number, values) if not math.isnan(number)]
    return min([LARGEST, *known]) if known else NAN


def divide(a: float, b: float) -> float:
    """Divide; by zero gives an infinity or NaN."""
    if b == 0:
        if a == 0 or math.isnan(a):
            return NAN
        return math.copysign(math.inf, a) * math.copysign(1.0, b)
    return a / b


def remainder(a: float, b: float) -> float:
    """Return the remainder with the sign of `a`."""
    if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b):
        return NAN
    return math.fmod(a, b)


def guarded(function: Callable[..., float]) -> Callable[..., float]:
    """Return the function giving NaN or an infinity where Python would raise."""

    def safe(*numbers: float) -> float:
        try:
            return float(function(*numbers))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return safe


def logarithm(number: float) -> float:
    """Return the natural logarithm; of zero minus infinity."""
    return -math.inf if number == 0 else math.log(number)


def logarithm10(number: float) -> float:
    """Return the decimal logarithm; of zero minus infinity."""
    return -math.inf if number == 0 else math.log10(number)


def power(base: float, exponent: float) -> float:
    """Return the power; one to the power of what is no number is NaN, as in Java."""
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return NAN
    if base == 0 and exponent < 0:
        return math.inf
    return math.pow(base, exponent)


def holds_between(low: Value, high: Value, factors: Iterable[Value]) -> bool:
    """Tell whether the count of true factors is in range; a negative end is open (checklist)."""
    count = sum(map(to_boolean, factors))
    least, most = saturated(to_number(low)), saturated(to_number(high))
    return (least < 0 or count >= least) and (most < 0 or count <= most)


def weighs_between(low: Value, high: Value, pairs: Iterable[tuple[Value, Value]]) -> bool:
    """Tell whether the weights of the true factors add up into range (weighted-checklist)."""
    weight = sum(to_number(weight) for flag, weight in pairs if to_boolean(flag))
    return to_number(low) <= weight <= to_number(high)
