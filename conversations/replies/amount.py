"""Whole and decimal numbers, and money per month."""

import re
from decimal import Decimal
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.numerals import number_in
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

_LARGEST: Final = 999_999_999
_AROUND: Final = re.compile(
    r"^(?:大概|大约|差不多|约|估计|一般|平均|也就|有个|能挣|挣|工资|薪资|月薪|薪|收入|每个月|每月|一个月|月)+"
    r"|(?:左右|上下|多点|多一点|多|不到|来|吧|呢|的样子|样子|的)+$"
)
_MONEY_UNIT: Final = re.compile(
    r"(?:人民币|rmb|[¥￥])|(?:元|块钱|块|圆|钱)?(?:每月|每个月|一个月|/月|一月|/个月)?$"
)
_COUNTED: Final = re.compile(r"(?:个月|个|人|口|岁|年|天|次|元|块|亩|小时)$")
_PER_DAY: Final = re.compile(r"天|日|小时|/h")
_PER_YEAR: Final = re.compile(r"年")
_RANGE: Final = re.compile(
    r"[0-9一二三四五六七八九十百千万两](?:-|~|—|–|到|至)[0-9一二三四五六七八九两]"
)
_NOTHING: Final = frozenset(("没有", "没", "无", "没收入", "没有收入", "不挣钱", "没挣钱", "没钱"))


def read_money(text: str) -> Reading:
    """Read yuan per month: 3500, 三千五, 1万2, 1.2万, 3500元左右."""
    bare = plain(text).replace(" ", "").casefold()
    if bare in _NOTHING:
        return Understood("0", "0元")
    if _RANGE.search(bare):
        return Unclear(Reason.MONEY_RANGE)
    number = _stripped_number(bare)
    if number is None:
        return Unclear(_why_no_money(bare))
    whole = int(number)
    return _in_bounds(number, str(whole), f"{whole}元")


def _stripped_number(bare: str) -> Decimal | None:
    """Return the number with words about it taken off at both ends, one layer after another."""
    before = ""
    while bare != before:
        number = number_in(bare) if bare[:1] != "-" else _negated(bare)
        if number is not None:
            return number
        before, bare = bare, _MONEY_UNIT.sub("", _AROUND.sub("", bare))
    return None


def _negated(bare: str) -> Decimal | None:
    number = number_in(bare[1:])
    return None if number is None else -number


def _why_no_money(bare: str) -> Reason:
    if not any(char.isdigit() or number_in(char) is not None for char in bare):
        return Reason.MONEY_UNCLEAR
    if _PER_DAY.search(bare):
        return Reason.MONEY_PER_DAY
    return Reason.MONEY_PER_YEAR if _PER_YEAR.search(bare) else Reason.MONEY_UNCLEAR


def read_integer(text: str) -> Reading:
    """Read a whole number, with a counting word behind it or not."""
    number = _counted(text)
    if number is None:
        return Unclear(Reason.NOT_A_NUMBER)
    if number != int(number):
        return Unclear(Reason.NUMBER_NOT_WHOLE)
    return _in_bounds(number, str(int(number)), str(int(number)))


def read_decimal(text: str) -> Reading:
    """Read a number that may have decimal places."""
    number = _counted(text)
    if number is None:
        return Unclear(Reason.NOT_A_NUMBER)
    value = f"{number:f}"
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return _in_bounds(number, value, value)


def _counted(text: str) -> Decimal | None:
    bare = plain(text).replace(" ", "")
    sign, bare = (-1, bare[1:]) if bare[:1] in ("-", "负") else (1, bare)
    number = number_in(bare)
    if number is None:
        number = number_in(_COUNTED.sub("", bare))
    return None if number is None else number * sign


def _in_bounds(number: Decimal, value: str, shown: str) -> Reading:
    if number < 0:
        return Unclear(Reason.NUMBER_NEGATIVE)
    if number > _LARGEST:
        return Unclear(Reason.NUMBER_TOO_BIG)
    return Understood(value, shown)
