"""Held out from every table: made-up sums, months, places and phones in several spellings."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.replies.lunar import day_of
from conversations.replies.money import read_money
from conversations.replies.months import read_month
from conversations.replies.outcome import Reason, Understood
from conversations.replies.read import read_text
from tests.replies.asked import choices, question, value

_DIGITS = "零一二三四五六七八九"
_SHANGHAI = ZoneInfo("Asia/Shanghai")
BEFORE = st.sampled_from(("", "大概", "一个月", "每月", "我一个月能挣", "月薪", "差不多", "现在"))
AFTER = st.sampled_from(("", "元", "块钱", "左右", "吧", "元左右", "块的样子", "。", " ", "👍"))
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def in_numerals(number: int) -> str:
    """Write a number below a hundred thousand as it is said: 三千零五十, 一万二千."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return f"{in_numerals(number // 10_000)}万{gap}{in_numerals(rest) if rest else ''}"
    said = gap = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += (gap if said else "") + _DIGITS[digit] + word
        gap = "" if digit else "零"
    return said


def money_of(typed: str) -> str:
    found = read_money(typed)
    assert isinstance(found, Understood), typed
    return found.value


@settings(max_examples=300)
@given(st.integers(100, 99_999), BEFORE, AFTER)
def test_a_sum_is_read_in_every_spelling(yuan: int, before: str, after: str) -> None:
    shifted = str(yuan).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    for spelling in (str(yuan), f"{yuan:,}", shifted, in_numerals(yuan), f"{yuan}.00"):
        assert money_of(f"{before}{spelling}{after}") == str(yuan), spelling


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_short_sum_counts_tenths_of_its_unit(big: int, small: int) -> None:
    for spelling in (f"{_DIGITS[big]}千{_DIGITS[small]}", f"{big}.{small}千", f"{big}千{small}"):
        assert money_of(spelling) == str(big * 1000 + small * 100)


@given(st.integers(1, 8), st.sampled_from(((100, "百"), (1000, "千"))))
def test_a_range_is_taken_in_the_middle_with_a_doubt(low: int, unit: tuple[int, str]) -> None:
    size, word = unit
    first, second = _DIGITS[low], _DIGITS[low + 1]
    expected = str(low * size + size // 2)
    for spelling in (
        f"{first}{second}{word}",
        f"{low}-{low + 1}{word}",
        f"{first}{word}到{second}{word}",
        f"{low * size}-{(low + 1) * size}",
    ):
        found = read_money(f"大概{spelling}吧")
        assert found == Understood(expected, f"{expected}元", Reason.MONEY_MIDDLE), spelling


@given(st.integers(80, 500), st.integers(10, 31))
def test_a_days_wage_is_multiplied_only_by_days_that_were_said(wage: int, days: int) -> None:
    assert money_of(f"一天{wage}，一个月干{days}天") == str(wage * days)
    assert money_of(f"干{days}天，一天{wage}块") == str(wage * days)
    assert not isinstance(read_money(f"一天{wage}"), Understood)


@settings(max_examples=200)
@given(st.integers(2000, 2040), st.integers(1, 12), DAYS, st.booleans())
def test_a_month_is_read_in_every_spelling(
    year: int, month: int, today: date, is_past: bool
) -> None:
    years = "".join(_DIGITS[int(digit)] for digit in str(year))
    said = ("十" + _DIGITS[month % 10] if month > 10 else "十") if month > 9 else _DIGITS[month]
    for spelling in (
        f"{year}年{month}月",
        f"{year}-{month:02}",
        f"{year}.{month}",
        f"{year}/{month}",
        f"{year}{month:02}",
        f"{year} {month}",
        f"{years}年{said}月",
        f"{year}年{said}月份",
        f"大概{year}年{month}月吧",
        f"{month}月{year}年",
    ):
        found = read_month(spelling, today, is_past=is_past)
        assert isinstance(found, Understood), spelling
        assert (found.value, found.doubt) == (f"{year}-{month:02}", None), spelling


@given(st.integers(1, 12), DAYS)
def test_a_bare_month_is_the_nearest_in_the_direction_of_the_question(
    month: int, today: date
) -> None:
    this = f"{today.year}-{today.month:02}"
    ahead, behind = (read_month(f"{month}月", today, is_past=is_past) for is_past in (False, True))
    assert isinstance(ahead, Understood)
    assert isinstance(behind, Understood)
    assert behind.value <= this <= ahead.value
    assert int(ahead.value[:4]) - int(behind.value[:4]) <= 1


@given(st.sampled_from(((1, "正月"), (11, "冬月"), (12, "腊月"))), st.integers(2024, 2040))
def test_a_month_of_the_farmers_year_is_where_most_of_it_lies(
    named: tuple[int, str], year: int
) -> None:
    month, name = named
    middle = day_of(year, month, 15)
    assert middle is not None
    found = read_month(f"{year}年{name}", date(year, 6, 1))
    assert found == Understood(
        f"{middle:%Y-%m}", f"{middle.year}年{middle.month}月", Reason.MONTH_LUNAR
    )


@given(
    DAYS, st.sampled_from(("腊月", "正月", "过完年", "开春", "秋收以后", "国庆", "年底", "年前"))
)
def test_what_comes_each_year_lies_ahead_or_behind(today: date, words: str) -> None:
    this = f"{today:%Y-%m}"
    ahead = read_month(words, today)
    behind = read_month(words, today, is_past=True)
    assert isinstance(ahead, Understood)
    assert isinstance(behind, Understood)
    assert behind.value <= this <= ahead.value


@given(st.integers(0, 10**8 - 1), st.sampled_from(("", "+86", "0086", "86 ", "电话")))
def test_a_phone_is_read_in_every_spelling(tail: int, before: str) -> None:
    number = f"199{tail:08}"
    asked = question(reader="phone")
    for spelling in (
        number,
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        number.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    ):
        assert value(asked, before + spelling) == number, spelling


@settings(max_examples=100)
@given(st.sets(st.integers(1, 6), min_size=1), st.sampled_from((" ", "、", ",", "，", "和", ".")))
def test_several_places_are_read_with_any_separator(places: set[int], between: str) -> None:
    listing = choices("种树", "养蜂", "编筐", "酿醋", "磨面", "打铁")
    asked = question("select_multiple", choices=listing)
    expected = " ".join(listing[place - 1].name for place in sorted(places))
    for numerals in ("0123456789", _DIGITS):
        typed = between.join(numerals[place] for place in sorted(places))
        assert value(asked, typed) == expected, typed


@pytest.mark.parametrize("typed", ["字" * 10_000, "9" * 10_000, "\u202e" * 500, "👍" * 900])
def test_endless_words_are_told_so(typed: str) -> None:
    now = datetime(2026, 11, 23, tzinfo=_SHANGHAI)
    for reader in ("money", "month", "phone", "name", "village", "id_number"):
        assert not isinstance(read_text(question(reader=reader), typed, now), Understood)
