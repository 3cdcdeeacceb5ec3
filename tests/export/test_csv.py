"""The plain text file: no types in it, so what Excel would run is made harmless."""

import csv
from pathlib import Path

from storage.export.run import Target
from tests.export.people import TITLES, record, records, write
from tests.export.reading import by_openpyxl
from tests.identities import identity


async def _written(folder: Path, values: list[dict[str, str]]) -> list[list[str]]:
    await write(Target(folder / "out.csv"), values)
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def test_a_csv_file_begins_with_a_byte_order_mark_and_the_titles(tmp_path: Path) -> None:
    rows = await _written(tmp_path, records(2))
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[0] == TITLES
    assert len(rows) == 3
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600


async def test_identity_numbers_stand_as_they_are(tmp_path: Path) -> None:
    given = records(1)[0]
    row = (await _written(tmp_path, [given]))[1]
    assert (row[1], row[4]) == (given["id_number"], given["phone_listed"])


async def test_what_excel_would_run_begins_with_an_apostrophe(tmp_path: Path) -> None:
    given = [
        record(identity(seed), employer=text)
        for seed, text in enumerate(["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "a=1"], 1)
    ]
    rows = (await _written(tmp_path, given))[1:]
    assert [row[24] for row in rows] == ["'=1+1", "'+1", "'-1", "'@x", "'=1", "'＝1", "a=1"]


async def test_quotes_commas_and_line_breaks_stay_in_one_cell(tmp_path: Path) -> None:
    row = (await _written(tmp_path, [record(identity(), employer='a,"b"\r\nc')]))[1]
    assert row[24] == 'a,"b" c'


async def test_held_back_rows_of_a_csv_are_a_workbook(tmp_path: Path) -> None:
    await _written(tmp_path, [record(identity(), ethnicity="")])
    assert len(by_openpyxl((tmp_path / "out.held-back.xlsx").read_bytes())) == 1
