"""What cannot be used is refused at load, with the place, the fault and the cure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.forms.compile import compile_form
from conversations.xform import Form, FormError, load_form

Survey = Callable[..., Form]
HEAD = "type | name | label | relevant | calculation | choice_filter |"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("image | photo | Photo | | | |", "photo"),
        ("audio | sound | Sound | | | |", "sound"),
        ("file | paper | Paper | | | |", "paper"),
        ("geopoint | here | Here | | | |", "here"),
        ("barcode | code | Code | | | |", "code"),
        ("time | hour | Hour | | | |", "hour"),
        ("dateTime | moment | Moment | | | |", "moment"),
        ("range | slide | Slide | | | |", "slide"),
        ("rank yn | order | Order | | | |", "order"),
        ("start-geopoint | begun | | | | |", "begun"),
        ("select_one_from_file x.csv | far | Far | | | |", "far, choice_filter"),
        ("text | odd | Odd | ${a} = | | |", "odd, relevant"),
        ("calculate | sum | | | nonsense(1) | |", "sum, calculation"),
        ("calculate | loop | | | ${loop} + 1 | |", "loop"),
        ("calculate | far | | | pulldata('x', 'a', 'b', 'c') | |", "far, calculation"),
    ],
)
def test_a_row_that_a_chat_cannot_carry_is_named(survey: Survey, row: str, where: str) -> None:
    choices = ("list_name | name | label |", "yn | y | Yes |")
    with pytest.raises(FormError) as caught:
        survey(HEAD, "text | a | A | | | |", row, choices=choices)
    assert caught.value.where == where
    assert caught.value.what.endswith(".")
    assert caught.value.cure.endswith(".")


def test_a_repeat_is_refused_by_name(survey: Survey) -> None:
    with pytest.raises(FormError) as caught:
        survey(
            HEAD, "begin_repeat | child | Child | | | |", "text | a | A | | | |", "end_repeat |"
        )
    assert caught.value.where == "child"


def test_rules_in_a_circle_are_refused(survey: Survey) -> None:
    with pytest.raises(FormError, match="circle"):
        survey(
            HEAD,
            "text | a | A | ${b} = 'x' | | |",
            "text | b | B | ${a} = 'x' | | |",
        )


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "hello",
        "<a>",
        "<a/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        "<h:head><model/></h:head><h:body/></h:html>",
    ],
)
def test_what_is_no_form_is_refused(xml: str) -> None:
    with pytest.raises(FormError):
        load_form(xml)


def write(folder: Path, *lines: str) -> Path:
    """Write a Markdown form."""
    path = folder / "form.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        (["| | nonsense | a | A |"], "form.md, sheet survey, row 2"),
        (["| | text | a | A |", "| | text | a b | B |"], "form.md, sheet survey, row 3"),
        (["| | text | a | A |", "| | text | b | ${nobody} |"], "form.md, sheet survey, row 3"),
        (["| | begin_group | g | G |", "| | text | a | A |"], "form.md"),
    ],
)
def test_what_pyxform_refuses_names_sheet_and_row(
    tmp_path: Path, rows: list[str], where: str
) -> None:
    path = write(tmp_path, "| survey |", "| | type | name | label |", *rows)
    with pytest.raises(FormError) as caught:
        compile_form(path)
    assert caught.value.where.startswith(where)
    assert caught.value.cure


@pytest.mark.parametrize("name", ["absent.md", "absent.xml", "form.docx", "broken.xlsx"])
def test_a_file_that_cannot_be_read_is_an_authors_error(tmp_path: Path, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"no workbook")
    with pytest.raises(FormError) as caught:
        compile_form(tmp_path / name)
    assert caught.value.where == name
