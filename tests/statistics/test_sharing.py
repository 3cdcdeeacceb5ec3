"""What one shared table keeps back cannot be read off another one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.definitions import load_definitions
from conversations.statistics.definitions import PLACE
from conversations.statistics.sharing import Surroundings, shared_among
from conversations.statistics.tables import Cells, Layout, Source, Table, changes, tabulated
from tests.statistics.test_suppression import told

SMALLEST = 5
# To make a failing province smaller takes minutes and tells no more.
FOUND = (Phase.explicit, Phase.generate)
TOP = "province"
DEFINITIONS = load_definitions()
# The cells of each township; its name says in which county and city it lies.
Province = Mapping[str, Cells]
# A place, an age and a sex; None for all of them.
Number = tuple[str, str | None, str | None]

counts = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 40))
AGES = ("1", "2", "3")
# Some do not say it, and are counted like everybody.
SEXES = ("1", "")
keys = [(age, sex, "71") for age in AGES for sex in SEXES]
cells = st.fixed_dictionaries(dict.fromkeys(keys, counts))
provinces = st.lists(
    st.lists(st.lists(cells, min_size=1, max_size=3), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
).map(
    lambda cities: {
        f"c{city}k{county}t{town}": those
        for city, counties in enumerate(cities)
        for county, towns in enumerate(counties)
        for town, those in enumerate(towns)
    }
)


def parents(place: str) -> Iterator[str]:
    """Yield the place and what it lies in."""
    yield place
    for mark in "tk":
        if mark in place:
            place = place[: place.index(mark)]
            yield place
    yield TOP


def source(province: Province, place: str, within: str = "") -> Source:
    found: Counter[tuple[str, ...]] = Counter()
    for town, those in province.items():
        if place in parents(town):
            found.update(those)
    return Source(place, place, place, found, within)


def people(province: Province, place: str, age: str | None, sex: str | None) -> int:
    cells = source(province, place).cells.items()
    return sum(count for key, count in cells if age in (None, key[0]) and sex in (None, key[1]))


def places(province: Province, mark: str) -> list[str]:
    """Return the cities (k), counties (t) or townships (-) of a province."""
    return sorted({town.partition(mark)[0] for town in province})


def surroundings(province: Province) -> Surroundings:
    """Return all places of a province with their parts."""
    cities, counties = places(province, "k"), places(province, "t")
    parts = {TOP: [source(province, city) for city in cities]}
    for city in cities:
        parts[city] = [source(province, one) for one in counties if one.startswith(f"{city}k")]
    for county in counties:
        parts[county] = [source(province, one) for one in province if one.startswith(f"{county}t")]
    return Surroundings(parts)


BY_ONE = (Layout(PLACE, "sex"), Layout(PLACE, "age"))
BY_TWO = (
    *BY_ONE,
    Layout("age", "sex"),
    Layout("sex", "age"),
    Layout(PLACE, "age", (("sex", "1"),)),
    Layout(PLACE, "sex", (("age", "2"),)),
)


def outputs(province: Province, layouts: Sequence[Layout]) -> Iterator[tuple[str, Table]]:
    """Yield every table of these layouts, with its place."""
    around = surroundings(province)
    for place in [TOP, *places(province, "k"), *places(province, "t"), *province]:
        shallow = around.parts.get(place, [source(province, place)])
        deep = [
            part
            for one in shallow
            for part in (
                one,
                *(replace(below, within=one.id) for below in around.parts.get(one.id, ())),
            )
        ]
        for sources, layout in product((shallow, deep), layouts):
            table = tabulated(DEFINITIONS, "people", layout, sources, (place, place))
            yield place, shared_among(DEFINITIONS, table, place, around, SMALLEST)


def numbers(place: str, table: Table) -> Iterator[tuple[Number, int | None]]:
    """Yield the numbers of a table, each named alike wherever it stands."""
    layout = table.layout
    for line in table.all_lines:
        codes = (*(option.code for option in table.columns), None)
        for code, number in zip(codes, (*line.counts, line.total), strict=True):
            by = {**dict(layout.keep), layout.columns: code}
            if layout.rows != PLACE:
                by[layout.rows] = None if line.depth == 0 else line.code
                yield (place, by["age"], by["sex"]), number
            else:
                yield (line.id or place, by.get("age"), by.get("sex")), number


@settings(max_examples=8, deadline=None, phases=FOUND)
@given(provinces)
def test_a_number_is_shown_or_hidden_alike_in_every_table(province: Province) -> None:
    seen: dict[Number, set[int | None]] = {}
    for place, table in outputs(province, BY_TWO):
        for name, number in numbers(place, table):
            seen.setdefault(name, set()).add(number)
    assert {name: found for name, found in seen.items() if len(found) != 1} == {}
    for (place, age, sex), found in seen.items():
        true = people(province, place, age, sex)
        assert found == ({None} if 0 < true < SMALLEST else found & {None, true})


def sums(province: Province, shown: Iterable[Number]) -> Iterator[dict[Number, int]]:
    """Yield every sum that a reader of all tables knows of, its whole negative."""
    known = set(shown)
    below: dict[str, set[str]] = {}
    for town in province:
        for part, whole in pairwise(parents(town)):
            below.setdefault(whole, set()).add(part)
    for place, age, sex in known:
        by_age = [(place, one, sex) for one in AGES if age is None]
        by_sex = [(place, age, one) for one in SEXES if sex is None]
        by_place = [(part, age, sex) for part in below.get(place, ())]
        for parts in (by_age, by_sex, by_place):
            if parts and known.issuperset(parts):
                yield {**dict.fromkeys(parts, 1), (place, age, sex): -1}


def worked_out(province: Province, layouts: Sequence[Layout]) -> set[Number]:
    """Return the small numbers that follow from all tables of these layouts together."""
    seen = {
        name: number
        for place, table in outputs(province, layouts)
        for name, number in numbers(place, table)
    }
    gone = {name for name, number in seen.items() if number is None}
    known = told({name: one[name] for name in one if name in gone} for one in sums(province, seen))
    return {name for name in known if 0 < people(province, *name) < SMALLEST}


@settings(max_examples=60, deadline=None, derandomize=True, phases=FOUND)
@given(provinces)
def test_no_number_by_one_dimension_follows_from_all_tables_together(province: Province) -> None:
    assert not worked_out(province, BY_ONE)


@pytest.mark.parametrize("seed", range(12))
def test_nor_does_one_by_two_dimensions(seed: int) -> None:
    # With next to nobody in a province no choice is left; here are some hundred people.
    drawn = Random(seed)
    towns = [f"c{city}k{county}t{town}" for city, county, town in product("01", "01", "012")]
    province: Province = {
        town: {key: int(drawn.expovariate(1 / drawn.choice((3, 30, 300)))) for key in keys}
        for town in towns
    }
    assert not worked_out(province, BY_TWO)


def test_what_a_city_hides_of_a_county_the_county_hides_too() -> None:
    few: Cells = {("1", "1", "71"): 3, ("2", "2", "71"): 50}
    many: Cells = {("1", "1", "71"): 20, ("2", "2", "71"): 50}
    province: Province = {"c0k0t0": few, "c0k1t0": many, "c0k2t0": {**many, ("1", "1", "71"): 90}}
    seen = dict(outputs(province, [Layout(PLACE, "sex")]))
    city = [line for line in seen["c0"].lines if line.depth == 1]
    assert [line.counts[0] for line in city] == [None, None, 90]
    assert seen["c0k1"].total.counts[0] is None


def test_a_change_is_not_told_where_either_month_keeps_the_number_back() -> None:
    now: Province = {"c0k0t0": {("1", "1", "71"): 3, ("1", "2", "71"): 50}}
    before: Province = {"c0k0t0": {("1", "1", "71"): 30, ("1", "2", "71"): 50}}
    layout = Layout("age", "sex")
    tables = [dict(outputs(month, [layout]))["c0"] for month in (now, before)]
    assert changes(*tables)[0] == (None, None, -27)
    assert changes(tables[1], tables[1])[0] == (0, 0, 0)
