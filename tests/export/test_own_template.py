"""A template of the platform: what is found in it, what is guessed, what changed since."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from conversations.record_rules import REQUIRED
from storage.export.book import MOST_BYTES, read_book
from storage.export.changes import carried_over, changes
from storage.export.checks import faults
from storage.export.columns import Columns
from storage.export.errors import TemplateError
from storage.export.guess import guess, known, matched
from storage.export.layout import Layout, layout_of
from storage.export.layout import guess as find_layout
from storage.export.package import cut
from storage.export.run import Outcome
from storage.export.template import Column, Template
from tests.export.people import file_records, plain, record, records
from tests.export.platform import COLUMNS, FIRST_ROW, HIDDEN, SHEET, letter, platform_template
from tests.export.reading import by_calamine, by_openpyxl, parts
from tests.export.test_office import as_csv
from tests.export.test_template import with_part
from tests.identities import identity

ROLES = frozenset((*known().names, *REQUIRED, "training_trade_other", "expected_province"))
CONTENT = platform_template()


def layout_in(content: bytes) -> Layout:
    return find_layout(read_book(content, "t.xlsx"), known().roles, "t.xlsx")


LAYOUT = layout_in(CONTENT)
GUESSED = guess(LAYOUT, "t.xlsx")


def column(title: str, template: Template = GUESSED) -> Column:
    return next(one for one in template.columns if one.title == title)


def changed(**updates: object) -> Template:
    """Return the guess with the column of names changed."""
    columns = [
        one.model_copy(update=updates) if one.title == "姓名*" else one for one in GUESSED.columns
    ]
    return GUESSED.model_copy(update={"columns": tuple(columns)})


def test_sheet_headings_and_first_row_are_found_below_banner_groups_and_notes() -> None:
    assert (LAYOUT.sheet, LAYOUT.heading, LAYOUT.first_row) == ("采集表", 4, 6)
    assert [(one.group, one.title) for one in LAYOUT.columns] == list(COLUMNS)


@pytest.mark.parametrize(
    ("title", "options"),
    [
        ("性别", ("男性", "女性")),
        ("民族", HIDDEN["民族"]),
        ("学历", HIDDEN["学历"]),
        ("政治面貌", HIDDEN["政治面貌"]),
        ("采集方式", ("系统采集", "上门采集")),
        ("姓名*", ()),
    ],
)
def test_drop_downs_of_every_kind_are_read(title: str, options: tuple[str, ...]) -> None:
    """In the cell, on a hidden sheet by x14, by a name, by a range."""
    assert next(one for one in LAYOUT.columns if one.title == title).options == tuple(options)


def test_columns_are_tied_to_roles_by_their_titles() -> None:
    held = {one.title: one.roles for one in GUESSED.columns}
    assert held["公民身份号码*"] == ("id_number",)
    assert held["联系电话"] == ("phone_listed",)
    assert held["月均收入（元）"] == ("monthly_income",)
    assert held["培训工种"] == ("training_trade", "training_trade_other")
    assert held["序号"] == ("serial",)
    assert held["采集方式"] == ()
    assert column("意向培训时间").kind == "month"
    assert column("月均收入（元）").kind == "number"


def test_wordings_are_matched_without_codes_and_by_other_words_for_the_same() -> None:
    def words(title: str) -> dict[str, str]:
        return GUESSED.lists[column(title).list]

    assert words("民族")["01"] == "01-汉族"
    assert "56" not in words("民族")
    assert words("性别") == {"1": "男性", "2": "女性"}
    assert words("培训意愿") == {"1": "是", "0": "否"}
    assert words("学历")["21"] == "本科"
    assert words("学历")["90"] == "文盲"
    assert words("是否稳定就业") == {"1": "稳定就业", "2": "不稳定就业"}


def test_a_drop_down_of_bare_codes_takes_the_codes() -> None:
    assert matched("gender", ("1", "2")) == {"1": "1", "2": "2"}


def test_a_record_is_written_in_the_words_of_the_drop_down_or_held_back() -> None:
    columns = Columns(GUESSED, "codes")
    cells, found = columns.cells(record(identity(), ethnicity="01", training_trade="01 02"), "")
    by_title = dict(zip([one.title for one in GUESSED.columns], cells, strict=True))
    gender = {"1": "男性", "2": "女性"}[identity().gender]
    assert (by_title["民族"], by_title["性别"]) == ("01-汉族", gender)
    assert by_title["意向培训时间"] == "2027-03"
    assert found == []
    _, found = columns.cells(record(identity(), ethnicity="56"), "")
    assert [(one.key, one.roles) for one in found] == [("not_in_list", ("ethnicity",))]


def test_of_several_answers_a_drop_down_takes_the_first() -> None:
    found = column("性别").model_copy(
        update={"roles": ("training_trade",), "list": "x", "allowed": ("电工",), "first": True}
    )
    template = Template(
        title="t", file="", sheet="s", first_row=2, columns=(found,), lists={"x": {"01": "电工"}}
    )
    assert Columns(template, "labels").cells({"training_trade": "01 99"}, "")[0] == ["电工"]


def test_a_constant_stands_in_every_row_and_free_words_must_be_in_the_drop_down() -> None:
    constant = column("采集方式").model_copy(update={"constant": "系统采集"})
    free = column("姓名*").model_copy(update={"allowed": ("张三",)})
    template = Template(title="t", file="", sheet="s", first_row=2, columns=(constant, free))
    columns = Columns(template, "labels")
    assert columns.cells({"name": "张三"}, "") == (["系统采集", "张三"], [])
    assert [one.key for one in columns.cells({"name": "李四"}, "")[1]] == ["not_in_list"]


def test_what_is_wrong_with_a_mapping_is_told_by_column() -> None:
    found = {fault.key: fault for fault in faults(GUESSED, ROLES)}
    assert "needed" not in found
    assert "培训地点" in found["unmapped"].words
    absent = next(fault for fault in faults(GUESSED, ROLES) if fault.title == "民族")
    assert (absent.key, absent.words[0], len(absent.words)) == ("no_counterpart", "维吾尔族", 52)
    assert not any(fault.stops for fault in found.values())
    stopped = {fault.key for fault in faults(changed(roles=()), ROLES) if fault.stops}
    assert stopped == {"needed"}
    bad = changed(roles=(), constant="李四", allowed=("张三",))
    assert {"constant_not_allowed"} < {one.key for one in faults(bad, ROLES) if one.stops}
    assert "twice" in {one.key for one in faults(changed(roles=("gender",)), ROLES)}
    assert "no_such_role" in {one.key for one in faults(changed(roles=("nothing",)), ROLES)}


def test_a_changed_template_says_what_is_new_gone_and_moved_and_keeps_the_rest() -> None:
    newer = [one for one in COLUMNS if one[1] != "政治面貌"]
    newer.insert(2, ("基本信息", "出生日期"))
    newer.insert(1, newer.pop(newer.index(("基本信息", "学历"))))
    layout = layout_in(platform_template(newer))
    decided = changed(max=7)
    found = changes(decided, layout)
    assert found.new == ("出生日期",)
    assert found.gone == ("政治面貌",)
    assert found.moved == ("学历",)
    assert not found.place
    kept = carried_over(decided, layout, "newer.xlsx")
    assert column("姓名*", kept).max == 7
    assert column("学历", kept).letter == letter("学历", newer)
    assert kept.lists[column("学历", kept).list] == GUESSED.lists[column("学历").list]
    assert column("出生日期", kept).roles == ("birth_date",)
    assert not changes(kept, layout)


def test_the_same_template_has_no_changes() -> None:
    assert not changes(GUESSED, LAYOUT)


def test_headings_elsewhere_are_found_where_somebody_says() -> None:
    book = read_book(CONTENT, "t.xlsx")
    layout = layout_of(book, "采集表", 3, 5, "t.xlsx")
    assert layout.columns[1].title == "基本信息"
    with pytest.raises(TemplateError) as refused:
        layout_of(book, "没有", 3, 5, "t.xlsx")
    assert refused.value.key == "no_sheet"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(500), "old"),
        (b"%PDF-1.7", "broken"),
        (bytes(MOST_BYTES + 1), "large"),
        (with_part(CONTENT, "xl/workbook.xml", b"<sheets>", b"<sheets><!DOCTYPE"), "broken"),
        (
            with_part(CONTENT, "xl/workbook.xml", b"<workbook", b"<!DOCTYPE x []><workbook"),
            "broken",
        ),
    ],
)
def test_what_is_no_template_is_refused_with_the_cure(content: bytes, key: str) -> None:
    with pytest.raises(TemplateError) as refused:
        read_book(content, "t.xlsx")
    assert refused.value.key == key
    assert refused.value.cure


def test_a_package_that_unpacks_to_more_than_it_should_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(65 << 20))
    with pytest.raises(TemplateError) as refused:
        read_book(bomb.getvalue(), "t.xlsx")
    assert refused.value.key == "large"


def test_a_sheet_without_headings_is_told() -> None:
    book = read_book(CONTENT, "t.xlsx")
    with pytest.raises(TemplateError) as refused:
        find_layout(book, {"没有的": "x"}, "t.xlsx")
    assert refused.value.key == "no_headings"


def filled(folder: Path, content: bytes = CONTENT, row_limit: int = 1_000_000) -> Outcome:
    """Write three people into the platform's template."""
    frame = cut(content, GUESSED, "t.xlsx")
    given = [*records(2), record(identity(9), name="=1+1", hukou_address="@山西省介休市宋𦙶乡")]
    return file_records(plain(folder), given, Columns(GUESSED, "labels"), frame, row_limit)


def test_every_other_part_is_the_same_to_the_byte_and_the_sheet_keeps_its_dress(
    tmp_path: Path,
) -> None:
    filled(tmp_path)
    before, after = parts(CONTENT), parts((tmp_path / "out.xlsx").read_bytes())
    assert list(after) == list(before)
    assert [name for name in before if before[name] != after[name]] == [SHEET]
    old, new = before[SHEET], after[SHEET]
    assert new[: new.index(b'<row r="6"')] == old[: old.index(b'<row r="6"')].replace(
        re.search(rb"<dimension[^>]*/>", old)[0],  # type: ignore[index]
        b"",
    )
    assert new[new.index(b"</sheetData>") :] == old[old.index(b"</sheetData>") :]
    for kept in (b"mergeCell", b"x14:dataValidation", b"<cols>", b"<pane"):
        assert kept in new
    assert "样例" not in new.decode().split("<sheetData>")[1]
    assert b"<f>" not in new.split(b"<sheetData>")[1].split(b"</sheetData>")[0]


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
def test_other_libraries_read_every_cell(tmp_path: Path) -> None:
    filled(tmp_path)
    content = (tmp_path / "out.xlsx").read_bytes()
    ours, theirs = by_openpyxl(content, FIRST_ROW, 1), by_calamine(content, FIRST_ROW, 1)
    assert [row[1] for row in ours] == [*(one["name"] for one in records(2)), "=1+1"]
    assert ours[2][7] == "@山西省介休市宋𦙶乡"
    assert ours[0][18] == 5200
    assert theirs == ours


@pytest.mark.libreoffice
@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
def test_libreoffice_reads_the_platform_s_sheet(tmp_path: Path, soffice: Path) -> None:
    filled(tmp_path)
    ours = by_openpyxl((tmp_path / "out.xlsx").read_bytes(), FIRST_ROW, 1)
    read = as_csv(soffice, tmp_path, "out.xlsx", sheet=2)[FIRST_ROW - 1 :]
    assert read == [["" if cell is None else str(cell) for cell in row] for row in ours]


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
def test_a_next_file_begins_at_the_platforms_row_limit_and_counts_anew(tmp_path: Path) -> None:
    assert filled(tmp_path, row_limit=2).parts == [2, 1]
    for name, names in (("out.xlsx", records(2)), ("out-2.xlsx", [{"name": "=1+1"}])):
        rows = by_openpyxl((tmp_path / name).read_bytes(), FIRST_ROW, 1)
        assert [row[1] for row in rows] == [one["name"] for one in names]
        assert [row[0] for row in rows] == list(range(1, len(names) + 1))
