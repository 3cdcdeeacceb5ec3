"""Files that go out: protected whatever their size, cells never formulas, rows as they were."""

import io

import msoffcrypto
import openpyxl
import pytest

from bot.rosters.outgoing import refused_rows
from tests.rosters.conftest import Counter
from tests.rosters.files import HEADER, PEOPLE, row

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0")


def opened(content: bytes, password: str) -> list[list[tuple[str, str]]]:
    """Return the cells of a protected file."""
    plain = io.BytesIO()
    book = msoffcrypto.OfficeFile(io.BytesIO(content))
    book.load_key(password=password, verify_password=True)
    book.decrypt(plain)
    sheet = openpyxl.load_workbook(plain).worksheets[0]
    rows = sheet.iter_rows(min_row=3)
    return [[(str(cell.value), cell.data_type) for cell in each] for each in rows]


@pytest.mark.parametrize("copies", [1, 40, 300])
async def test_refused_rows_go_out_as_they_came_and_never_as_formulas(
    at_counter: Counter, copies: int
) -> None:
    rows = [row(PEOPLE[0], name=word, id_number="1.4E+17") for word in FORMULAS * copies]
    one = await at_counter.checked(*rows)
    out = await refused_rows(at_counter.stage.database, at_counter.stage.world.texts, one)
    assert out.rows == len(rows)
    titles, *cells = opened(out.content, out.password)
    assert [value for value, _ in titles] == [*HEADER, "原因", "怎么改"]
    assert len(cells) == len(rows)
    for given, shown in zip(rows, cells, strict=True):
        assert [value for value, _ in shown[: len(given)]] == given
        assert {kind for _, kind in shown} <= {"s", "inlineStr"}
        assert "Excel" in shown[-2][0]
        assert "文本" in shown[-1][0]
