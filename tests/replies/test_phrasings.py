"""What people really type: hundreds of phrasings, one line each, in `phrasings.txt`."""

import pytest

from conversations.replies.read import read_text
from tests.replies.asked import NOW
from tests.replies.lists import sounds
from tests.replies.phrasings import Phrasing, phrasings, question_of, told

ALL = phrasings()
QUESTIONS = [row for row in ALL if row.asked != "address"]


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: f"{row.asked}: {row.typed!a}")
def test_a_phrasing_is_read_as_it_is_meant(row: Phrasing) -> None:
    asked = question_of(row.asked)
    assert told(asked, read_text(asked, row.typed, NOW, sounds=sounds())) == row.expected


def test_the_table_is_broad() -> None:
    assert len(ALL) >= 300
    assert len({row.asked.partition(":")[0] for row in ALL}) >= 20
