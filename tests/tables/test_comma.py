"""Text tables, as Excel, WPS and other systems write them."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.tables.comma import CommaTable
from storage.tables.faults import TableFault
from storage.tables.limits import Limits
from storage.tables.rows import Note, Row
from tests.identities import identity
from tests.tables.reading import read, refused

WHO = identity(2)
CELLS = st.text(
    st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=8
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
async def test_every_encoding_separator_and_line_end_is_read(
    encoding: str, separator: str, end: str
) -> None:
    lines = [["姓名", "身份证号"], [WHO.name, WHO.id_number], ["", ""], ["甲", "x"]]
    text = end.join(separator.join(line) for line in lines) + end
    table = CommaTable(text.encode(encoding), Limits())
    assert [cells for _, cells in table.rows() if any(cells)] == [
        line for line in lines if any(line)
    ]
    assert table.notes() == []


async def test_a_text_table_goes_through_the_child_too() -> None:
    text = f'姓名,身份证号\r\n"赵,家","=""{WHO.id_number}"""\r\n\r\n甲,\'{WHO.id_number}\r\n'
    rows, notes = await read(text.encode("gb18030"))
    assert rows == [
        Row(1, ("姓名", "身份证号")),
        Row(2, ("赵,家", WHO.id_number)),
        Row(4, ("甲", WHO.id_number)),
    ]
    assert notes == []


async def test_lines_in_another_encoding_are_read_and_said() -> None:
    lines = [f"赵家庄{at},住".encode("gb18030") for at in range(5)]
    lines[3] = "钱家庄,住".encode()
    rows, notes = await read(b"\n".join(lines))
    assert [row.cell(0) for row in rows] == ["赵家庄0", "赵家庄1", "赵家庄2", "钱家庄", "赵家庄4"]
    assert notes == [Note("mixed", 1, ("4",))]


async def test_short_words_of_gb_18030_are_no_utf_8() -> None:
    rows, _ = await read("姓名\n联通\n".encode("gb18030"))
    assert [row.cell(0) for row in rows] == ["姓名", "联通"]


async def test_a_quotation_mark_that_is_not_closed_is_named_with_its_line() -> None:
    fault = await refused(b'a,b\nc,"d\n' * 3)
    assert (fault.key, fault.values) == ("quote", {"line": 2})


async def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    fault = await refused("姓名\n".encode() + b"\xff\xff\n")
    assert (fault.key, fault.values) == ("encoding", {"line": 2})


async def test_two_million_lines_are_refused_at_once() -> None:
    fault = await refused(b"a,b\n" * 2_000_000)
    assert (fault.key, fault.values) == ("rows", {"found": 2_000_000, "most": 200_000})


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]),
)
def test_what_is_written_is_read_again(
    rows: list[list[str]], separator: str, encoding: str
) -> None:
    written = io.StringIO(newline="")
    titles = [f"列{at}" for at in range(4)]
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([titles, *rows])
    table = CommaTable(written.getvalue().encode(encoding), Limits())
    assert [cells for _, cells in table.rows() if cells] == [titles, *rows]


@settings(max_examples=80, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_known_fault(content: bytes) -> None:
    lines: list[int] = []
    with suppress(TableFault):
        lines += [line for line, _ in CommaTable(content, Limits()).rows()]
    assert lines == sorted(set(lines))
