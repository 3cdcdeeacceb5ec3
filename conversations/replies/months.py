"""Months as people say them: 2027.3, 明年三月, 腊月, 过完年, 下个月, 开春, 干了三年了."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.lunar import lunar_year_of
from conversations.replies.moments import Frame, Moment, full_year, month_of
from conversations.replies.month_words import NUMERAL, WORDED
from conversations.replies.numerals import digits_of
from conversations.replies.outcome import Reading, Reason, Unclear

YEAR_WORDS: Final = {
    **{"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "头年": -1, "旧年": -1},
    **{"今年": 0, "本年": 0, "当年": 0, "明年": 1, "来年": 1, "下年": 1},
    **{"大后年": 3, "后年": 2},
}
_YEAR: Final = (
    rf"(?P<word>{'|'.join(sorted(YEAR_WORDS, key=len, reverse=True))})的?"
    rf"|(?<![{NUMERAL}])(?P<long>[12][0-9〇零○一二三四五六七八九]{{3}}|[一二][〇零○一二三四五六七八九]{{3}})年?"
    rf"|(?<![{NUMERAL}])(?P<short>[0-9〇零○一二三四五六七八九]{{2}})年(?![前后多半了])"
)
_SPACED: Final = r"(?<=[0-9])\s*[,，、\s]\s*(?=[0-9])"
_DENIED: Final = r"不是|没到|除了"
_LEFT_OVER: Final = r"[0-9]|[一二三四五六七八九十]+(?:月|年|号)"


def read_month(text: str, today: date, *, is_past: bool = False) -> Reading:
    """Read a month; a bare 三月 is the next one, or the last one when `is_past`."""
    bare = re.sub(_SPACED, _separator, plain(text)).replace(" ", "")
    if re.search(_DENIED, bare):
        return Unclear(Reason.MONTH_UNCLEAR)
    for finder in _NUMERIC:
        if (reading := finder(bare, today)) is not None:
            return reading
    frame, rest = _framed(bare, today, is_past=is_past)
    for pattern, meaning in WORDED:
        if found := re.search(pattern, rest):
            remains = rest[: found.start()] + rest[found.end() :]
            if re.search(_LEFT_OVER, remains):
                return Unclear(Reason.MONTH_UNCLEAR)
            return _told(meaning(found, frame))
    return _without_month(frame, rest)


def _separator(found: re.Match[str]) -> str:
    """Keep 3、4月 a range; a space or comma behind a year stands for a point."""
    is_year = re.search(r"(?:[12][0-9]|^)[0-9]{2}$", found.string[: found.start()])
    return "." if is_year else "、"


def _framed(bare: str, today: date, *, is_past: bool) -> tuple[Frame, str]:
    """Return the year that the words name, and the words without it."""
    found = re.search(_YEAR, bare)
    if found is None:
        return Frame(today, None, None, is_past), bare
    rest = bare[: found.start()] + "|" + bare[found.end() :]
    if found["word"]:
        step = YEAR_WORDS[found["word"]]
        return Frame(today, today.year + step, lunar_year_of(today) + step, is_past), rest
    year = full_year(digits_of(found["long"] or found["short"]), today)
    return Frame(today, year, year, is_past), rest


def _without_month(frame: Frame, rest: str) -> Reading:
    if frame.year is None or re.search(_LEFT_OVER, rest):
        return Unclear(Reason.MONTH_UNCLEAR)
    return Unclear(Reason.MONTH_MISSING, {"example": f"{frame.year}年3月"})


def _told(moment: Moment | Reading) -> Reading:
    if not isinstance(moment, Moment):
        return moment
    if moment.day is None:
        return Unclear(Reason.MONTH_UNCLEAR)
    return month_of(moment.day.year, moment.day.month, moment.doubt)


_YM: Final = (
    r"(?<![0-9])([12][0-9]{3}|[0-9]{2})[-/.]([0-9]{1,2})(?:月份?|[-/.][0-9]{1,2}[日号]?)?(?![0-9])"
)
_MY: Final = r"(?<![0-9])([0-9]{1,2})(?:月份?|[-/.])([12][0-9]{3})年?(?![0-9])"
_YYYYMM: Final = r"(?<![0-9])([12][0-9]{3})([01][0-9])(?![0-9])"


def _in_figures(pattern: str, year: int, month: int) -> Callable[[str, date], Reading | None]:
    def finder(bare: str, today: date) -> Reading | None:
        found = re.search(pattern, bare)
        if found is None:
            return None
        if re.search(_LEFT_OVER, bare[: found.start()] + bare[found.end() :]):
            return None
        return month_of(full_year(found[year], today), int(found[month]))

    return finder


_NUMERIC: Final = (_in_figures(_YYYYMM, 1, 2), _in_figures(_MY, 2, 1), _in_figures(_YM, 1, 2))
