"""An address in one line, as it is typed, matched into the cascade."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.replies.address import Located, read_address
from tests.replies.lists import atlas
from tests.replies.phrasings import Phrasing, phrasings

LINES = [row for row in phrasings() if row.asked == "address"]


def told(found: Located) -> str:
    """Return what was found as the table of phrasings writes it."""
    ids = (found.city, found.county, found.township)
    names = [atlas().divisions[one].name for one in ids if one] + [found.village]
    line = " ".join(name for name in names if name)
    line += f" + {found.detail}" if found.detail else ""
    return line if found.is_sure else f"{line} ?"


@pytest.mark.parametrize("row", LINES, ids=lambda row: f"{row.typed!a}")
def test_a_line_of_address_names_its_places(row: Phrasing) -> None:
    assert told(read_address(row.typed, atlas())) == row.expected


def test_every_township_is_found_by_its_whole_line() -> None:
    for one in atlas().divisions.values():
        if one.level == "township":
            county, city = list(atlas().above(one))[1:]
            expected = (city.id, county.id, one.id)
            for line in (
                f"山西省{city.name}{county.name}{one.name}",
                f"{city.name} {county.name} {one.name}",
                f"{city.name.removesuffix('市')}{county.name}{one.name}某某村",
            ):
                found = read_address(line, atlas())
                assert (found.city, found.county, found.township) == expected, line


def test_a_township_of_several_counties_is_asked_about() -> None:
    found = read_address("古城镇", atlas())
    assert not found.is_sure
    assert found
    assert {atlas().divisions[one].name for one in found.candidates} == {"古城镇"}
    assert not found.township


def test_what_is_known_decides_between_places_of_one_name() -> None:
    several = read_address("古城镇", atlas()).candidates
    for one in several:
        county = atlas().divisions[one].parent_id
        assert read_address("古城镇", atlas(), within=(county,)).township == one


def test_nothing_understood_is_false() -> None:
    assert not read_address("北京市朝阳区", atlas())
    assert not read_address("", atlas())
    assert not read_address("村" * 10_000, atlas())


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.text("山西省运城平遥摇县段断村镇的我在 \u202e12", max_size=30)
    )
)
def test_no_text_breaks_the_reader_of_addresses(typed: str) -> None:
    found = read_address(typed, atlas())
    chain = [one for one in (found.city, found.county, found.township) if one]
    for upper, lower in pairwise(chain):
        assert atlas().divisions[lower].parent_id == upper
