"""`xiangwen roster` on a real database: files are checked, taken over and taken back."""

import asyncio
import io
import stat
from collections import Counter
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

from bot.places import load_places
from tests.rosters.office import HEADER, PEOPLE, Office, row
from tests.tables.files import xlsx_of
from tests.turns.tables import tables

# What remembers that a file was brought in, whatever came of it.
_NOTED = {"audit", "lease", "column_mapping", "roster_import", "roster_import_row"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_file_is_taken_over_once(office: Office) -> None:
    file = office.write(HEADER, *map(row, PEOPLE))
    done = office.add(file, "--codes", str(office.codes))
    assert done.exit_code == 0, done.output
    assert "3 people added, 0 known before." in done.output
    assert stat.S_IMODE(office.codes.stat().st_mode) == 0o600
    header, *given = office.read_codes()
    assert header == ["姓名", "乡镇（街道）", "村（社区）", "个人码"]
    assert [line[0] for line in given] == [one.name for one in PEOPLE]
    assert len({line[3] for line in given}) == 3
    before = asyncio.run(tables(office.url))
    again = office.add(file, "--codes", str(office.codes), "--force")
    assert "0 people added, 3 known before." in again.output
    assert "0 personal codes" in again.output
    after = asyncio.run(tables(office.url))
    assert {name: rows for name, rows in after.items() if name not in _NOTED} == {
        name: rows for name, rows in before.items() if name not in _NOTED
    }


def test_gb18030_and_a_file_without_a_mark_are_read_too(office: Office) -> None:
    for encoding, one in zip(("gb18030", "utf-8"), PEOPLE, strict=False):
        file = office.write(HEADER, row(one), encoding=encoding)
        assert "1 people added" in office.add(file).output


def test_each_bad_row_is_named_with_its_reason_and_the_others_are_taken_over(
    office: Office,
) -> None:
    good, other, third = PEOPLE
    mistyped = other.id_number[:-1] + ("0" if other.id_number[-1] != "0" else "1")
    file = office.write(
        HEADER,
        row(good),
        row(other, id_number=mistyped),
        row(good),
        row(other, township=""),
        row(other, township="没有这个乡"),
        row(other, name="", id_number=other.id_number),
        row(other, id_number="1.40824E+17"),
        row(other, phone="0359-1234567"),
        row(other, id_number=other.id_number[:6] + "19900231" + other.id_number[14:]),
        [],
        row(third, id_number=third.id_number.lower() + " "),
    )
    done = office.add(file)
    assert done.exit_code == 2
    assert "2 people added" in done.output
    told = done.output
    assert "line 3: id_number: has a wrong check digit" in told
    assert "line 4: id_number: the same as in line 2" in told
    assert "line 5: township: is empty" in told
    assert "line 6: township: there is none" in told
    assert "line 7: name: is empty" in told
    assert "line 8: id_number: Excel cut it" in told
    assert "line 9: phone: is no mobile number" in told
    assert "line 10: id_number: holds a date that does not exist" in told
    assert "8 lines were not taken over" in told
    for one in PEOPLE:
        assert one.name not in told
        assert one.id_number[:14] not in told


def test_a_township_of_a_common_name_needs_its_county(office: Office) -> None:
    common = _common_name()
    file = office.write(HEADER, row(PEOPLE[0], county="", township=common))
    assert "several have this name" in office.add(file).output


def _common_name() -> str:
    names = Counter(
        place.name for place in load_places().by_id.values() if place.level == "township"
    )
    return names.most_common(1)[0][0]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("姓名", "手机号码"), "a column 身份证号 is needed"),
        (("姓名", "身份证号", "公民身份号码", "乡镇"), "mean the same"),
    ],
)
def test_a_header_that_will_not_do_is_refused_whole(
    office: Office, header: tuple[str, ...], said: str
) -> None:
    done = office.add(office.write(header, ["x"] * len(header)))
    assert done.exit_code == 2
    assert said in done.output


def test_files_that_are_no_roster_are_refused(office: Office) -> None:
    assert office.add(str(office.folder / "none.csv")).exit_code == 2
    odd = office.folder / "odd.csv"
    odd.write_bytes(b"\xff\xff\xff\xff")
    assert "the file: " in office.add(str(odd)).output
    odd.write_bytes(b"%PDF-1.7 ")
    assert "it is a PDF. Ask for the table itself" in office.add(str(odd)).output


def test_a_reason_is_needed_and_kept(office: Office) -> None:
    file = office.write(HEADER, row(PEOPLE[0]))
    assert office.run("roster", "add", file).exit_code == 2
    assert office.run("roster", "add", file, "--reason", " ").exit_code == 2
    office.add(file)
    entries = [entry for entry in office.audit() if "年度导入" in entry.detail]
    assert {entry.action for entry in entries} == {"roster"}
    assert len(entries) == 2


def test_nothing_of_a_person_stands_in_the_clear(office: Office) -> None:
    office.add(office.write(HEADER, *map(row, PEOPLE)), "--codes", str(office.codes))
    rows = repr({n: rows for n, rows in asyncio.run(tables(office.url)).items() if n != "form"})
    for one, line in zip(PEOPLE, office.read_codes()[1:], strict=True):
        for word in (one.name, one.id_number, one.phone, "东张村", line[3].replace("-", "")):
            assert word not in rows


def test_an_excel_file_in_any_order_is_checked_first_and_then_taken(office: Office) -> None:
    good, bad = row(PEOPLE[0])[::-1], row(PEOPLE[1], township="没有这个")[::-1]
    file = office.folder / "名单.xlsx"
    file.write_bytes(xlsx_of([["名单"], list(HEADER)[::-1], good, bad]))
    result = office.folder / "refused.xlsx"
    found = office.run("roster", "check", str(file), "--result", str(result))
    assert found.exit_code == 2
    assert "1 people would be added" in found.output
    assert "line 4: township: there is none" in found.output
    password = found.output.partition("shown only now: ")[2].split()[0]
    plain = io.BytesIO()
    book = msoffcrypto.OfficeFile(io.BytesIO(result.read_bytes()))
    book.load_key(password=password)
    book.decrypt(plain)
    cells = [[c.value for c in each] for each in openpyxl.load_workbook(plain).worksheets[0].rows]
    assert cells[3][:7] == bad[1:] or PEOPLE[1].id_number in cells[3]
    assert "没有这个乡镇" in "".join(str(cell) for cell in cells[3])
    assert "Nobody on the roster" in office.run("roster", "due").output
    assert "1 people added" in office.add(str(file)).output


def test_a_file_is_taken_back_by_its_tag(office: Office) -> None:
    office.add(office.write(HEADER, *map(row, PEOPLE)))
    (line,) = office.run("roster", "list").output.split("\n")[:-1]
    tag = line.split()[0]
    assert " done  4 lines" in line
    done = office.run("roster", "undo", tag, "--reason", "导错了")
    assert "3 lines taken back." in done.output
    assert "Nobody on the roster" in office.run("roster", "due").output
    assert office.run("roster", "undo", tag, "--reason", "导错了").exit_code == 2


def test_a_column_that_no_title_names_is_asked_for(office: Office) -> None:
    titles, who = ("姓名", "号", "县", "乡镇"), PEOPLE[0]
    file = office.write(titles, [who.name, who.id_number, "稷山县", "西社镇"])
    asked = office.add(file)
    assert asked.exit_code == 2
    assert "--map id_number=号" in asked.output
    assert "1 people added" in office.add(file, "--map", "id_number=号").output
    assert "0 people added, 1 known" in office.add(file).output


def test_a_county_takes_only_its_own(office: Office) -> None:
    file = office.write(HEADER, row(PEOPLE[0]))
    told = office.add(file, "--county", "140822")
    assert "is not in the scope of this roster" in told.output
    assert "no such county" in office.add(file, "--county", "999999").output
