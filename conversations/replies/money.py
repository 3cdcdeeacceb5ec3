"""Money per month, out of a number, a range or a whole sentence.

A range is taken in its middle and a year's sum divided by twelve, both with a doubt. A day's wage
is never multiplied by days that nobody named: casual work has ten of them in one month and thirty
in another. The reason then shows both sums, so that the person types one of them.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal, NamedTuple

from conversations.replies.amount import in_bounds
from conversations.replies.assent import yes_or_no
from conversations.replies.characters import plain
from conversations.replies.numerals import number_in
from conversations.replies.outcome import Reading, Reason, Unclear
from conversations.replies.range import Range, range_in

Period = Literal["", "M", "Y", "D", "H"]

_WIDEST: Final = Decimal("2.5")
_SMALL: Final = 100
_FEW_DAYS, _MANY_DAYS = 20, 26
_NUMERALS: Final = "0-9.〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬kw"
_RUN: Final = rf"[{_NUMERALS}]+"
_NUMBER: Final = _RUN
_GROUPED: Final = r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"
_BARE_UNIT: Final = rf"(?<![{_NUMERALS}几])([百千万])(?=把|来块)"
_NOTHING: Final = (
    r"(?:一分|一毛|分文|一块)钱?(?:都|也)?(?:没|不)"
    r"|^(?:没|不|无|未)(?:有|挣|赚)?(?:钱|收入|工资|挣|赚)"
)
_DENIED: Final = rf"不是(?={_RUN})"
# Periods are marked by a letter first, so that their 一 is not read as a number.
_PERIODS: Final[tuple[tuple[Period, str], ...]] = (
    ("H", r"(?:每|(?<![0-9])1|(?<!十)一|/)个?(?:小时|钟头)|时薪|/h"),
    (
        "D",
        r"(?:每|(?<![0-9])1|(?<!十)一|/)(?:天|日)|[日天](?=工资|薪)|日均|(?<!十)一个?工(?![厂地资作])",
    ),
    ("M", r"(?:每|(?<![0-9])1|(?<!十)一|/)个?月|月(?=[薪入收均工])|(?<=块|元|钱)个月"),
    ("Y", r"(?:每|(?<![0-9])1|(?<!十)一|/|全|整)年|年(?=[薪收入均]|工资)"),
)
_TOKEN: Final = (
    rf"(?P<days>{_RUN})[来多几]?[天日](?!工资|薪)"
    rf"|(?P<counted>{_RUN})[来多几]?(?:个(?![钱])|小时|钟头|人|年|岁|口|次|点|号|月|工|层|亩|家|分钟|%|成|班|辆|头|楼)"
    rf"|(?P<low>{_RUN})(?:元|块钱?|多)?(?:-|~|—|–|到|至)(?P<high>{_RUN})"
    rf"|(?P<amount>[0-9一二三四五六七八九]、{_RUN}|{_RUN})"
    r"|(?P<period>[MYDH])"
)
_ABOUT_MONEY: Final = r"[MY元块钱挣赚薪]|收入|工资|到手|毛|rmb"
_HAN: Final = r"[\u4e00-\u9fff]"
_CHATTY: Final = 4


class _Told(NamedTuple):
    """What a sentence says: amounts with their period, and days of work in a month."""

    amounts: tuple[tuple[Period, Range], ...]
    days: Decimal | None


def read_money(text: str) -> Reading:
    """Read yuan per month: 3500, 三千五, 1.2万, 三四千, 一年六万, 一天150干20天, or a sentence."""
    bare = re.sub(_GROUPED, "", plain(text).casefold().replace(" ", ""))
    if _says_none(bare):
        return in_bounds(Decimal(0), "0", "0元")
    if bare[:1] in ("-", "负") and (number := number_in(bare[1:].rstrip("元块钱"))) is not None:
        return in_bounds(-number, "", "")
    if re.search(_DENIED, bare):
        return Unclear(Reason.MONEY_UNCLEAR)
    marked = re.sub(_BARE_UNIT, r"一\1", bare)
    for mark, pattern in _PERIODS:
        marked = re.sub(pattern, mark, marked)
    return _judged(_told(marked), marked)


def _says_none(bare: str) -> bool:
    """Tell whether the words mean no income: 没有, 没挣钱; 没挣多少，就三千 is three thousand."""
    if yes_or_no(bare) is False and any(char in "没莫木无冇么" for char in bare):
        return True
    found = re.search(_NOTHING, bare)
    return bare == "零" or (found is not None and not re.search(_NUMBER, bare[found.end() :]))


def _told(marked: str) -> _Told:
    amounts: list[tuple[Period, Range]] = []
    days: Decimal | None = None
    before: Period = ""
    for token in re.finditer(_TOKEN, marked):
        if period := token["period"]:
            before = _as_period(period)
            if amounts and not amounts[-1][0]:
                amounts[-1] = (before, amounts[-1][1])
        elif token["days"]:
            days = number_in(token["days"])
        elif _is_word(token, marked):
            continue
        elif (found := _range(token)) is not None:
            amounts.append((before, found))
            before = ""
    return _Told(tuple(amounts), days)


def _is_word(token: re.Match[str], marked: str) -> bool:
    """Tell whether a lone numeral is a part of a word, such as 一起, 万一 or 千万."""
    amount = token["amount"] or ""
    is_lone = len(amount) == 1 and not amount.isdecimal() and amount != marked
    return is_lone and marked[token.end() : token.end() + 1] not in ("元", "块")


def _as_period(letter: str) -> Period:
    return next(mark for mark, _ in _PERIODS if mark == letter)


def _range(token: re.Match[str]) -> Range | None:
    if token["low"]:
        return range_in(f"{token['low']}-{token['high']}")
    return range_in(token["amount"]) if token["amount"] else None


def _judged(told: _Told, marked: str) -> Reading:
    """Take what is said of a month; else of a year; else of a day with its days."""
    for wanted in (("M",), ("",), ("Y",), ("D",), ("H",)):
        spoken = [found for period, found in told.amounts if period in wanted]
        if not spoken:
            continue
        whole = Range(min(one.low for one in spoken), max(one.high for one in spoken))
        if whole.high > max(whole.low, Decimal(1)) * _WIDEST:
            return Unclear(Reason.MONEY_RANGE)
        return _per_month(wanted[0], whole, told, marked)
    return Unclear(Reason.MONEY_UNCLEAR)


def _per_month(period: str, found: Range, told: _Told, marked: str) -> Reading:
    if period == "H":
        return Unclear(Reason.MONEY_PER_HOUR)
    if period == "Y":
        return _yuan(found.middle / 12, Reason.MONEY_FROM_YEAR)
    if period == "D":
        if told.days is None or not 1 <= told.days <= 31:
            return Unclear(Reason.MONEY_PER_DAY, _sums(found))
        return _yuan(found.middle * told.days, Reason.MONEY_BY_DAYS)
    if found.high < _SMALL and found.middle != 0:
        whole = found.low == found.high == int(found.low)
        return _yuan(found.low, Reason.MONEY_SMALL) if whole else Unclear(Reason.MONEY_UNIT)
    return _yuan(found.middle, _doubt(found, marked), rounding=found.low != found.high)


def _sums(found: Range) -> dict[str, str]:
    few, many = (str(_rounded(found.middle * days)) for days in (_FEW_DAYS, _MANY_DAYS))
    return {"few": few, "many": many}


def _doubt(found: Range, marked: str) -> Reason | None:
    if found.low != found.high:
        return Reason.MONEY_MIDDLE
    words = re.findall(_HAN, re.sub(_TOKEN, "", marked))
    is_chatty = len(words) >= _CHATTY and not re.search(_ABOUT_MONEY, marked)
    return Reason.MONEY_SENTENCE if is_chatty and not _is_rough(marked) else None


_ROUGHLY: Final = (
    r"大[概约]|约?摸|差不多|估|左右|上下|样子|出头|最[多少]|平均|一般|也就|基本|吧|不到|将近"
)


def _is_rough(marked: str) -> bool:
    return len(re.findall(_HAN, re.sub(_ROUGHLY, "", re.sub(_TOKEN, "", marked)))) < _CHATTY


def _yuan(number: Decimal, doubt: Reason | None, *, rounding: bool = True) -> Reading:
    whole = _rounded(number) if rounding else int(number)
    return in_bounds(number, str(whole), f"{whole}元", doubt)


def _rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
