"""`xiangwen form`: JSON lines in and out, and the other commands, as a person runs them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from bot.cli.main import main
from bot.forms.commands import commands

FORM = """| survey |
| | type | name | label::English (en) | label::中文 (zh) | required |
| | integer | age | Age? | 几岁？ | yes |
| | select_one yn | sure | Sure of ${age}? | 确定是${age}？ | |
| choices |
| | list_name | name | label::English (en) | label::中文 (zh) |
| | yn | y | Yes | 是 |
| settings |
| | form_title | form_id | default_language |
| | Two | two | 中文 (zh) |
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "two.md"
    found.write_text(FORM, encoding="utf-8")
    return found


def driven(path: Path, *lines: object, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the replies to lines; one that is not a text is sent as JSON."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = CliRunner().invoke(commands, ["drive", str(path), *options], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


NEXT, BACK, STATE = {"do": "next"}, {"do": "back"}, {"do": "state"}


def answer(value: str) -> dict[str, str]:
    return {"do": "answer", "value": value}


def test_questions_verdicts_and_the_end(path: Path) -> None:
    replies = driven(
        path, NEXT, answer("x"), answer(""), answer("7"), NEXT, answer("y"), NEXT, STATE
    )
    assert replies[0] == {
        "event": "question",
        "path": "/data/age[1]",
        "type": "integer",
        "label": "几岁？",
        "hint": "",
        "choices": [],
        "required": True,
    }
    assert [reply["verdict"] for reply in replies[1:4]] == ["type", "required", "ok"]
    assert (replies[4]["label"], replies[4]["choices"]) == ("确定是7？", [["y", "是"]])
    assert replies[6] == {"event": "end"}
    assert replies[7]["nodes"][:2] == [["/data/age[1]", True, "7"], ["/data/sure[1]", True, "y"]]


def test_back_from_the_end_and_from_the_beginning(path: Path) -> None:
    replies = driven(path, BACK, NEXT, NEXT, NEXT, BACK, BACK, BACK)
    paths = [reply.get("path", "end")[6:9] for reply in replies]
    assert paths == ["age", "sur", "", "", "sur", "age", "age"]


def test_errors_are_told_and_it_goes_on(path: Path) -> None:
    lines = ["nonsense", "[]", {"do": "fly"}, answer("1"), NEXT, {"do": "answer", "value": 7}]
    replies = driven(path, *lines, "", NEXT)
    assert ["error" in reply for reply in replies] == [True, True, True, True, False, True, False]


def test_a_language_can_be_chosen_and_an_unknown_one_is_refused(path: Path) -> None:
    assert driven(path, NEXT, options=("--language", "English (en)"))[0]["label"] == "Age?"
    done = CliRunner().invoke(main, ["form", "drive", str(path), "--language", "xx"], input="")
    assert done.exit_code == 2
    assert "xx" in done.stderr


def test_markdown_workbook_csv_and_compiled_forms_are_the_same(path: Path, tmp_path: Path) -> None:
    compiled, book, csv = (tmp_path / f"two.{kind}" for kind in ("xml", "xlsx", "csv"))
    done = CliRunner().invoke(commands, ["compile", str(path), "--out", str(compiled)])
    assert done.exit_code == 0, done.output
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    lines = []
    for line in FORM.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 1:
            workbook.create_sheet(cells[0])
            lines.append(f'"{cells[0]}"')
        else:
            workbook.worksheets[-1].append(cells[1:])
            lines.append(",".join(f'"{cell}"' for cell in ["", *cells[1:]]))
    workbook.save(book)
    csv.write_text("\n".join(lines), encoding="utf-8")
    expected = driven(path, NEXT, answer("3"), NEXT, NEXT)
    for other in (compiled, book, csv):
        assert driven(other, NEXT, answer("3"), NEXT, NEXT) == expected


def test_check_says_what_is_wrong_in_one_line(path: Path, tmp_path: Path) -> None:
    good = CliRunner().invoke(commands, ["check", str(path)])
    assert good.stdout == "Two: 2 questions, English (en), 中文 (zh)\n"
    bad = tmp_path / "bad.md"
    bad.write_text("| survey |\n| | type | name | label |\n| | image | p | P |\n", "utf-8")
    done = CliRunner().invoke(main, ["form", "check", str(bad)])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("xiangwen: bad.md, sheet survey, row 2: p: A chat form cannot")
