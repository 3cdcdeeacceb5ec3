"""What stands in the cells, read back by two libraries."""

from pathlib import Path

import openpyxl
import pytest

from storage.export.blank import blank_workbook
from storage.export.template import DEFAULT, load_template
from tests.export.people import TITLES, plain, record, records, write
from tests.export.reading import by_calamine, by_openpyxl, parts
from tests.identities import identity

WORDS = [
    "汉族",
    "山西省太原市阳曲县黄寨镇东张村",
    "群众",
    "初中",
    "普通劳动力",
    "有",
    "2027-03",
    "本乡（镇）",
    "电工；其他（手填）：修手机",
    "有",
    "制造业",
    "3001—4000元",
    "省外：北京市",
    "已就业（非农务工、经营）",
    "稳定就业（连续6个月及以上）",
    "未创业",
    "省外",
    "单位就业（受雇务工）",
    "建筑业",
    "电子厂",
    None,
    "北京市朝阳区",
    "2024-05",
    None,
    None,
]


async def test_two_libraries_read_every_cell_as_it_was_given(tmp_path: Path) -> None:
    given = records(50)
    outcome = await write(plain(tmp_path), given)
    content = (tmp_path / "out.xlsx").read_bytes()
    assert (outcome.exported, outcome.held_back) == (50, 0)
    read = by_openpyxl(content)
    assert by_calamine(content) == read
    for row, values in zip(read, given, strict=True):
        assert row[0] == values["name"]
        assert row[1] == values["id_number"]
        assert row[2] == {"1": "男", "2": "女"}[values["gender"]]
        assert row[4] == values["phone_listed"]
        assert row[18] == 5200
        rest = row[3:4] + row[5:18] + row[19:]
        assert rest == WORDS


async def test_the_columns_stand_in_the_order_of_the_notice(tmp_path: Path) -> None:
    await write(plain(tmp_path), records(1))
    content = (tmp_path / "out.xlsx").read_bytes()
    titles = by_openpyxl(content, first_row=3)[0]
    groups = [cell for cell in by_openpyxl(content, first_row=2)[0] if cell]
    assert titles == TITLES
    assert groups == ["身份信息", "培训意愿", "求职意愿", "就业信息", "补充信息", "核对"]


async def test_codes_take_the_place_of_words_when_asked_for(tmp_path: Path) -> None:
    await write(plain(tmp_path), records(1), wording="codes")
    row = by_openpyxl((tmp_path / "out.xlsx").read_bytes())[0]
    assert row[3] == "01"
    assert row[12] == "01,99：修手机"
    assert row[16] == "5：110000"
    assert row[17] == "1"


async def test_numbers_with_eighteen_digits_are_text(tmp_path: Path) -> None:
    given = records(1)[0]
    await write(plain(tmp_path), [given])
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["采集表"]["B4"]
    assert (cell.value, cell.data_type, cell.number_format) == (given["id_number"], "s", "@")


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-5", "@A1", "=cmd|' /C calc'!A0", "'quoted", "﹦1", "1e5", "00123"]
)
async def test_words_never_turn_into_a_formula(tmp_path: Path, text: str) -> None:
    await write(plain(tmp_path), [record(identity(), employer=text)])
    content = (tmp_path / "out.xlsx").read_bytes()
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["采集表"]["Y4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert b"<f>" not in parts(content)["xl/worksheets/sheet1.xml"]
    assert by_calamine(content)[0][24] == text


async def test_rare_characters_survive(tmp_path: Path) -> None:
    given = record(
        identity(), name="阿依古丽·买买提", hukou_address="山西省晋中市介休市宋𦙶乡<&>村"
    )
    await write(plain(tmp_path), [given])
    content = (tmp_path / "out.xlsx").read_bytes()
    for row in (by_openpyxl(content)[0], by_calamine(content)[0]):
        assert (row[0], row[5]) == (given["name"], given["hukou_address"])


async def test_characters_that_xml_cannot_hold_are_removed(tmp_path: Path) -> None:
    given = record(identity(), employer="电\x00子\x0b厂\ud800\uffff\n二车间\x7f ")
    await write(plain(tmp_path), [given])
    content = (tmp_path / "out.xlsx").read_bytes()
    assert by_openpyxl(content)[0][24] == by_calamine(content)[0][24] == "电子厂 二车间"


async def test_words_that_look_like_an_escape_are_kept(tmp_path: Path) -> None:
    await write(plain(tmp_path), [record(identity(), employer="_x0041_厂")])
    content = (tmp_path / "out.xlsx").read_bytes()
    assert "_x005F_x0041_厂".encode() in parts(content)["xl/worksheets/sheet1.xml"]
    assert by_calamine(content)[0][24] == "_x0041_厂"


async def test_every_other_part_of_the_template_is_copied_byte_for_byte(tmp_path: Path) -> None:
    await write(plain(tmp_path), records(3))
    ours = parts(DEFAULT.with_name("default_template.xlsx").read_bytes())
    written = parts((tmp_path / "out.xlsx").read_bytes())
    assert list(written) == list(ours)
    sheet = "xl/worksheets/sheet1.xml"
    assert {name for name in ours if ours[name] != written[name]} == {sheet}


def test_the_default_template_is_what_its_mapping_makes() -> None:
    template = load_template()
    assert DEFAULT.with_name(template.file).read_bytes() == blank_workbook(template)


def test_the_default_template_warns_by_drop_downs_and_keeps_its_heading_in_sight() -> None:
    sheet = openpyxl.load_workbook(DEFAULT.with_name("default_template.xlsx"))["采集表"]
    assert sheet.freeze_panes == "C4"
    found = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert found["C4:C200000"] == "'参考项'!$B$3:$B$4"
    assert "A1:AD1" in {str(span) for span in sheet.merged_cells.ranges}
    assert {sheet.column_dimensions[letter].width for letter in ("B", "F")} == {21, 42}


async def test_nobody_to_export_leaves_a_file_with_the_headings(tmp_path: Path) -> None:
    outcome = await write(plain(tmp_path), [])
    assert (outcome.exported, outcome.held_back) == (0, 0)
    content = (tmp_path / "out.xlsx").read_bytes()
    assert by_openpyxl(content) == []
    assert by_calamine(content, first_row=3) == [TITLES]
