"""Rows of buttons on a narrow screen."""

from bot.messages import Button
from bot.web.layout import grids


def row(*labels: str) -> list[Button]:
    return [Button(label, "a.1.0.0.x") for label in labels]


def test_a_row_that_fits_stands_by_itself_in_even_columns() -> None:
    found = grids([row("没念过书", "小学"), row("返回", "为什么问")])
    assert [(grid.columns, grid.width, grid.is_snug) for grid in found] == [(2, 5, False)] * 2


def test_a_row_that_fits_only_by_its_labels_is_snug() -> None:
    (found,) = grids([row("返回", "为什么问", "跳过")])
    assert found.is_snug


def test_rows_that_are_too_wide_flow_together() -> None:
    wide = row("大同经济技术开发区", "山西综合改革示范区")
    found = grids([wide, wide, row("返回", "为什么问")])
    assert [(grid.columns, grid.width, len(grid.buttons)) for grid in found] == [
        (2, 10, 4),
        (2, 5, 2),
    ]
    assert not any(grid.is_snug for grid in found)


def test_latin_letters_and_digits_count_as_narrow() -> None:
    (found,) = grids([row("12345", "2026")])
    assert found.width == 4


def test_the_widths_stay_within_what_the_style_sheet_knows() -> None:
    found = grids([row("是"), row(*"一二三四五六七八九"), row("字" * 40, "不")])
    assert [(grid.columns, grid.width) for grid in found] == [(1, 3), (8, 3), (2, 14)]


def test_no_rows_are_no_grids() -> None:
    assert grids([]) == []
