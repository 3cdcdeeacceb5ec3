"""Words that mean a month, each pattern with its meaning; the first that is found counts.

The year was taken out of the words before, a bar stands in its place.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from conversations.replies.lunar import day_of, spring_festival
from conversations.replies.moments import Frame, Moment, lunar_moment, moved
from conversations.replies.numerals import number_in
from conversations.replies.outcome import Reading, Reason, Unclear

NUMERAL: Final = "0-9〇零○一二三四五六七八九十"
Meaning = Callable[[re.Match[str], Frame], Moment | Reading]


def _relative(months: int) -> Meaning:
    return lambda _, frame: Moment(moved(frame.today, months))


def _days_off(days: int) -> Meaning:
    return lambda _, frame: Moment(frame.today + timedelta(days=days))


def _fixed(month: int, doubt: Reason | None = None) -> Meaning:
    """Return the meaning of something that comes each year in the same month."""

    def meaning(_: re.Match[str], frame: Frame) -> Moment:
        if frame.year is not None:
            return Moment(date(frame.year, month, 1), doubt)
        return Moment(frame.nearest(lambda year: date(year, month, 1), frame.today.year), doubt)

    return meaning


def _lunar(month: int, day: int) -> Meaning:
    """Return the meaning of a day of the farmers' calendar."""

    def meaning(_: re.Match[str], frame: Frame) -> Moment:
        return lunar_moment(frame, lambda year: day_of(year, month, day))

    return meaning


def _by_name(found: re.Match[str], frame: Frame) -> Moment | Reading:
    """Return a lunar month by its name or number, on its day or in its middle."""
    name = found["name"]
    month = _LUNAR_NAMES.get(name) or _small(name)
    day = _lunar_day(found["day"] or "")
    if month is None or day is None or not 1 <= month <= 12:
        return Unclear(Reason.MONTH_IMPOSSIBLE)
    is_leap = bool(found["leap"])
    return lunar_moment(frame, lambda year: day_of(year, month, day, is_leap=is_leap))


def _small(text: str) -> int | None:
    number = number_in(text)
    return None if number is None or number != int(number) else int(number)


def _lunar_day(text: str) -> int | None:
    """Return a day such as 初五, 二十三, 廿三; the middle of the month for none."""
    bare = text.removeprefix("初").replace("廿", "二十").rstrip("日号")
    return _small(bare) if bare else 15


def _month(found: re.Match[str], frame: Frame) -> Moment | Reading:
    """Return a month of our calendar; of several the first, with a doubt."""
    first = _small(found["month"])
    last = _small(found["last"]) if found["last"] else first
    if first is None or last is None or not (1 <= first <= 12 and 1 <= last <= 12):
        return Unclear(Reason.MONTH_IMPOSSIBLE)
    doubt = Reason.MONTH_RANGE if last != first else None
    return _fixed(first, doubt)(found, frame)


def _span(found: re.Match[str], frame: Frame) -> Moment | Reading:
    """Return so many months or years from now; how long somebody has worked lies behind."""
    months = _months_in(found)
    ahead = bool(found["ahead"] or found["after"])
    if months is None or (not ahead and not found["ago"] and not frame.is_past):
        return Unclear(Reason.MONTH_UNCLEAR)
    if ahead and not found["ago"]:
        return Moment(moved(frame.today, months))
    return Moment(moved(frame.today, -months), Reason.MONTH_COUNTED)


def _months_in(found: re.Match[str]) -> int | None:
    of_unit = 12 if found["unit"].endswith("年") else 1
    half = of_unit // 2 if found["half"] else 0
    if found["count"] == "半":
        return of_unit // 2
    number = _small(found["count"])
    return None if number is None or number > 600 else number * of_unit + half


_LUNAR_NAMES: Final = {"正": 1, "冬": 11, "腊": 12}
_COUNT: Final = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_MONTH_NUMBER: Final = r"[0-9]{1,2}|十[一二]|[一二三四五六七八九十]"
_DAY: Final = (
    r"初[一二三四五六七八九十]|[二廿]十?[一二三四五六七八九]?|三十|十[一二三四五六七八九]?"
)
_WHENEVER: Final = r"(?:啥|什么|哪|甚)(?:时候|会儿|天)都"


def _mid_autumn(_: re.Match[str], frame: Frame) -> Moment:
    return lunar_moment(frame, lambda year: day_of(year, 8, 15))


def _before_the_festival(_: re.Match[str], frame: Frame) -> Moment:
    """Return some days before Spring Festival: people who say 年前 mean the last weeks."""

    def of_year(year: int) -> date | None:
        festival = spring_festival(year + 1)
        return festival - timedelta(days=15) if festival else None

    return lunar_moment(frame, of_year)


WORDED: Final[tuple[tuple[str, Meaning], ...]] = (
    (
        rf"(?P<ahead>再?过|再?等|再)?(?<![第上下前后])(?P<count>半|{_COUNT})(?P<unit>个月|年)(?P<half>半)?(?:多|左右)?(?P<after>(?:以|之)?后)?(?P<ago>(?:以|之)?前)?(?:了)?(?!初|底)",
        _span,
    ),
    (r"上上个?月", _relative(-2)),
    (r"下下个?月", _relative(2)),
    (r"上个?月", _relative(-1)),
    (r"下个?月", _relative(1)),
    (r"明天|后天|过几天|过两天", _days_off(2)),
    (r"下周|下个?星期|下礼拜", _days_off(7)),
    (r"昨天|前[几两]天", _days_off(-2)),
    (r"上周|上个?星期|上礼拜", _days_off(-7)),
    (
        rf"(?:农历|阴历|旧历)(?P<leap>闰)?(?P<name>正|冬|腊|{_MONTH_NUMBER})月份?(?P<day>{_DAY}|[0-9]{{1,2}}[日号]?)?",
        _by_name,
    ),
    (rf"(?P<leap>闰)(?P<name>{_MONTH_NUMBER})月(?P<day>)", _by_name),
    (rf"(?P<leap>闰)?(?P<name>[正冬腊])月里?(?P<day>{_DAY}|[0-9]{{1,2}}[日号]?)?", _by_name),
    (r"(?P<leap>闰)?(?P<name>八)月(?P<day>十五)|(?P<leap2>闰)?中秋", _mid_autumn),
    (r"端午", _lunar(5, 5)),
    (
        r"(?<![0-9一二两三四五六七八九十半])年(?:以|之)?前|春节(?:以|之)?前|过年(?:以|之)?前",
        _before_the_festival,
    ),
    (r"过(?:完|了)?(?:年|春节)的?时候|^\|?(?:过年|春节)$|大年", _lunar(1, 1)),
    (
        r"过(?:完|罢|了)?(?:年|春节|十五|正月)|(?<![0-9一二两三四五六七八九十半])年(?:以|之)?后|春节|元宵|出了?正月",
        _lunar(1, 15),
    ),
    (
        rf"{_WHENEVER}|随时|越快越好|尽快|马上|立刻|立马|现在|眼下|当下|刚|这[几两]天|最近|近期|这个?月|本月|当月|今天|(?<![年份正腊冬{NUMERAL}])月[初底末中]",
        _relative(0),
    ),
    (r"年[底末终]|\|[底末]", _fixed(12)),
    (r"年初|\|初|元旦|阳历年|寒假(?!前)", _fixed(1)),
    (r"清明", _fixed(4)),
    (r"五一(?!月)|劳动节", _fixed(5)),
    (rf"(?<![{NUMERAL}])十一(?!月)|国庆", _fixed(10)),
    (r"暑假|夏天|夏季|入夏|热天", _fixed(7, Reason.MONTH_SEASON)),
    (r"开了?春|打春|春天|春季|春上|春里", _fixed(3, Reason.MONTH_SEASON)),
    (r"麦收|收完?麦|割麦|夏收", _fixed(6, Reason.MONTH_SEASON)),
    (
        r"秋收|收[完罢了]?秋|秋天|秋季|秋后|秋里|收[完罢了]?玉米",
        _fixed(10, Reason.MONTH_SEASON),
    ),
    (r"冬天|冬季|入冬|冬里|农闲|天冷", _fixed(12, Reason.MONTH_SEASON)),
    (r"(?P<month>[一二三四五六七八九])(?P<last>[二三四五六七八九])月份?", _month),
    (
        rf"(?P<month>{_MONTH_NUMBER})月?份?(?:[、\-~—到至或和跟]|或者)(?P<last>{_MONTH_NUMBER})月份?",
        _month,
    ),
    (
        rf"(?P<month>{_MONTH_NUMBER}|[0-9]+)月份?(?:(?:{_DAY}|[一二三四五六七八九]|[0-9]{{1,2}})[日号])?(?P<last>)",
        _month,
    ),
    (r"\|(?P<month>[0-9]{1,2})(?P<last>)$", _month),
)
