"""`xiangwen roster due`: who is due for a first interview, and from when on."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversations.replies.identity_number import age_on
from conversations.roster.numbers import ripe_on
from tests.identities import identity
from tests.rosters.office import HEADER, PEOPLE, Office, row

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_who_turns_16_is_due_from_the_next_month_on(office: Office) -> None:
    just_16 = identity(610, TODAY - timedelta(days=16 * 366 + 40))
    still_15 = identity(611, TODAY - timedelta(days=15 * 365 + 30))
    office.add(office.write(HEADER, row(just_16), row(still_15), row(PEOPLE[0])))
    told = office.run("roster", "due").output
    assert "西社镇: 2 due, 0 of them since they turned 16" in told
    assert "Together: 2 due for a first interview, 1 not yet 16." in told


def test_the_month_after_the_16th_birthday() -> None:
    assert ripe_on(date(2010, 11, 1)) == date(2026, 12, 1)
    assert ripe_on(date(2010, 12, 31)) == date(2027, 1, 1)
    assert ripe_on(date(2008, 2, 29)) == date(2024, 3, 1)
    assert age_on(date(2008, 2, 29), ripe_on(date(2008, 2, 29))) == 16


def test_an_empty_roster_says_so(office: Office) -> None:
    assert "Nobody on the roster" in office.run("roster", "due").output
