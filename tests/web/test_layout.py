"""Rows of buttons on a narrow screen."""

from bot.messages import Button
from bot.web.layout import grids


def row(*labels: str) -> list[Button]:
    return [Button(label, "a.1.0.0.x") for label in labels]


def test_rows_of_equal_length_beside_each_other_become_one_grid() -> None:
    found = grids([row("平城区", "云冈区"), row("新荣区", "云州区"), row("返回")])
    assert [(grid.columns, len(grid.buttons)) for grid in found] == [(2, 4), (1, 1)]


def test_a_column_is_as_wide_as_the_longest_label_needs() -> None:
    (found,) = grids([row("是", "大同市云州区")])
    assert found.width == 7


def test_latin_letters_and_digits_count_as_narrow() -> None:
    (found,) = grids([row("12345", "2026")])
    assert found.width == 4


def test_the_widths_stay_within_what_the_style_sheet_knows() -> None:
    found = grids([row("是"), row(*"一二三四五六七八九"), row("字" * 40, "不")])
    assert [(grid.columns, grid.width) for grid in found] == [(1, 3), (8, 3), (2, 14)]


def test_no_rows_are_no_grids() -> None:
    assert grids([]) == []
