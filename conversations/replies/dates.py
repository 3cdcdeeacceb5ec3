"""Days as people write them, reckoned from today where they say 明天 or 正月初一."""

import re
from datetime import date, timedelta
from typing import Final

from conversations.replies.characters import plain
from conversations.replies.lunar import day_of, lunar_year_of
from conversations.replies.moments import full_year
from conversations.replies.months import YEAR_WORDS
from conversations.replies.numerals import digits_of, number_in
from conversations.replies.outcome import Reading, Reason, Unclear, Understood

_DAYS: Final = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_CHINESE_NUMBER: Final = r"[〇零一二三四五六七八九十两]+"
_YMD: Final = r"([0-9]{4}|[0-9]{2})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?"
_DMY: Final = r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})"
_MD: Final = r"([0-9]{1,2})月([0-9]{1,2})[日号]?"
_LUNAR: Final = r"(?:农历|阴历|旧历)|[正冬腊]月|八月十五|初[一二三四五六七八九十]"
_LUNAR_MONTHS: Final = {"正月": "1月", "冬月": "11月", "腊月": "12月"}


def read_date(text: str, today: date) -> Reading:
    """Read a day: year first, as it is written here, or last with four digits."""
    spoken = plain(text).replace(" ", "").rstrip("。.,，吧")
    if spoken in _DAYS:
        return _date(*(today + timedelta(days=_DAYS[spoken])).timetuple()[:3])
    is_lunar = bool(re.search(_LUNAR, spoken))
    bare = _in_digits(spoken, lunar_year_of(today) if is_lunar else today.year)
    if re.fullmatch(r"[0-9]{8}", bare):
        return _date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if found := re.fullmatch(_DMY, bare):
        return _day_or_month_first(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(_YMD, bare):
        year, month, day = full_year(found[1], today), int(found[2]), int(found[3])
    elif found := re.fullmatch(_MD, bare):
        year, month, day = today.year, int(found[1]), int(found[2])
    else:
        return Unclear(Reason.DATE_UNCLEAR)
    return _of_lunar(year, month, day) if is_lunar else _date(year, month, day)


def _in_digits(bare: str, this_year: int) -> str:
    """Return the text with numerals as digits and 明年 and the like as years."""
    for word, step in sorted(YEAR_WORDS.items(), key=lambda item: -len(item[0])):
        if word in bare:
            bare = bare.replace(word, f"{this_year + step}年", 1).replace("年的", "年")
            break
    for word, month in _LUNAR_MONTHS.items():
        bare = bare.replace(word, month)
    bare = re.sub("农历|阴历|旧历|初", "", bare)
    return re.sub(_CHINESE_NUMBER, _as_digits, bare)


def _as_digits(found: re.Match[str]) -> str:
    number = number_in(found[0])
    return digits_of(found[0]) if number is None or "十" not in found[0] else str(int(number))


def _of_lunar(year: int, month: int, day: int) -> Reading:
    found = day_of(year, month, day)
    if found is None:
        return Unclear(Reason.DATE_IMPOSSIBLE)
    return _date(found.year, found.month, found.day, Reason.DATE_LUNAR)


def _date(year: int, month: int, day: int, doubt: Reason | None = None) -> Reading:
    try:
        found = date(year, month, day)
    except ValueError:
        return Unclear(Reason.DATE_IMPOSSIBLE)
    return Understood(found.isoformat(), f"{year}年{month}月{day}日", doubt)


def _day_or_month_first(first: int, second: int, year: int) -> Reading:
    if first <= 12 and second <= 12 and first != second:
        one, other = f"{year}年{first}月{second}日", f"{year}年{second}月{first}日"
        return Unclear(Reason.DATE_AMBIGUOUS, {"one": one, "other": other})
    return _date(year, second, first) if first > 12 else _date(year, first, second)
