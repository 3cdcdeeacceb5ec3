"""Months and dates as people write them, reckoned from today where they say 明年 or 下个月."""

import re
from datetime import date, timedelta
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.numerals import digits_of, number_in
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

_YEAR_WORDS: Final = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "来年": 1,
}
_YEARS: Final = {**_YEAR_WORDS, "后年": 2, "大后年": 3}
_MONTHS: Final = {
    **{"上上个月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "这月": 0, "当月": 0},
    **{
        "现在": 0,
        "马上": 0,
        "尽快": 0,
        "随时": 0,
        "刚": 0,
        "立刻": 0,
        "越快越好": 0,
        "随时都行": 0,
    },
    **{"下个月": 1, "下月": 1, "下下个月": 2, "下下月": 2},
}
_DAYS: Final = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_MONTH_NAMES: Final = {"正月": "1月", "腊月": "12月", "元月": "1月", "年底": "12月", "年初": "1月"}
_EDGE_OF_YEAR: Final = re.compile(r"(?<=[0-9])年([底初])")
_CHINESE_NUMBER: Final = re.compile(r"[〇零一二三四五六七八九十两]+")
_AFTER: Final = re.compile(r"再?过(半|[0-9]{1,3})(年|个月)()(?:以?后)?")
_AGO: Final = re.compile(r"(半|[0-9]{1,3})(年|个月)(?:以|之)?(后|前)")
_YM: Final = re.compile(r"([0-9]{4}|[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月份?)?(?:初|中|底|末)?")
_YMD: Final = re.compile(
    r"([0-9]{4}|[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?"
)
_MY: Final = re.compile(r"([0-9]{1,2})(?:月份?|[-/.])([0-9]{4})年?")
_DMY: Final = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_M: Final = re.compile(r"([0-9]{1,2})月份?(?:初|中|底|末)?")
_MD: Final = re.compile(r"([0-9]{1,2})月([0-9]{1,2})[日号]?")
_ONLY_YEAR: Final = re.compile(r"([0-9]{4})年?|[0-9]{2}年")


def read_month(text: str, today: date, *, is_past: bool = False) -> Reading:
    """Read a month; a bare 三月 is the next one, or the last one when `is_past`."""
    bare = _in_digits(text, today)
    if bare in _MONTHS:
        return _month(*_moved(today, _MONTHS[bare]))
    if found := _AFTER.fullmatch(bare) or _AGO.fullmatch(bare):
        return _month(*_moved(today, _span(*found.groups())))
    if re.fullmatch(r"[0-9]{6}", bare):
        return _month(int(bare[:4]), int(bare[4:]))
    if found := _YM.fullmatch(bare) or _YMD.fullmatch(bare):
        return _month(_full_year(found[1], today), int(found[2]))
    if found := _MY.fullmatch(bare):
        return _month(int(found[2]), int(found[1]))
    if found := _M.fullmatch(bare) or _MD.fullmatch(bare):
        return _month(_nearest_year(int(found[1]), today, is_past=is_past), int(found[1]))
    missing = _ONLY_YEAR.fullmatch(bare) or bare in _YEARS
    return Unclear(Reason.MONTH_MISSING if missing else Reason.MONTH_UNCLEAR)


def read_date(text: str, today: date) -> Reading:
    """Read a day: year first, as it is written here, or last with four digits."""
    bare = _in_digits(text, today)
    if bare in _DAYS:
        return _date(*(today + timedelta(days=_DAYS[bare])).timetuple()[:3])
    if re.fullmatch(r"[0-9]{8}", bare):
        return _date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if found := _YMD.fullmatch(bare):
        return _date(_full_year(found[1], today), int(found[2]), int(found[3]))
    if found := _DMY.fullmatch(bare):
        return _day_or_month_first(int(found[1]), int(found[2]), int(found[3]))
    if found := _MD.fullmatch(bare):
        return _date(today.year, int(found[1]), int(found[2]))
    return Unclear(Reason.DATE_UNCLEAR)


def _in_digits(text: str, today: date) -> str:
    """Return the text with numerals as digits and 明年 and the like as years."""
    bare = plain(text).replace(" ", "").rstrip("。.,，吧")
    if bare in _YEARS or bare in _DAYS:
        return bare
    for word, step in sorted(_YEARS.items(), key=lambda item: -len(item[0])):
        if bare.startswith(word):
            bare = f"{today.year + step}年{bare.removeprefix(word).lstrip('的')}"
            break
    bare = _EDGE_OF_YEAR.sub(r"年年\1", _CHINESE_NUMBER.sub(_as_digits, bare))
    for word, month in _MONTH_NAMES.items():
        bare = bare.replace(word, month)
    return bare


def _as_digits(found: re.Match[str]) -> str:
    number = number_in(found[0])
    return digits_of(found[0]) if number is None or "十" not in found[0] else str(int(number))


def _span(count: str, unit: str, direction: str) -> int:
    of_unit = 12 if unit == "年" else 1
    months = of_unit // 2 if count == "半" else int(count) * of_unit
    return -months if direction == "前" else months


def _moved(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 + months
    return count // 12, count % 12 + 1


def _full_year(digits: str, today: date) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year + 20 else 1900 + year


def _nearest_year(month: int, today: date, *, is_past: bool) -> int:
    if is_past:
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


def _month(year: int, month: int) -> Reading:
    if not (1 <= month <= 12 and 1900 <= year <= 2200):
        return Unclear(Reason.MONTH_IMPOSSIBLE)
    return Understood(f"{year:04}-{month:02}", f"{year}年{month}月")


def _date(year: int, month: int, day: int) -> Reading:
    try:
        found = date(year, month, day)
    except ValueError:
        return Unclear(Reason.DATE_IMPOSSIBLE)
    return Understood(found.isoformat(), f"{year}年{month}月{day}日")


def _day_or_month_first(first: int, second: int, year: int) -> Reading:
    if first <= 12 and second <= 12 and first != second:
        one, other = f"{year}年{first}月{second}日", f"{year}年{second}月{first}日"
        return Unclear(Reason.DATE_AMBIGUOUS, {"one": one, "other": other})
    return _date(year, second, first) if first > 12 else _date(year, first, second)
