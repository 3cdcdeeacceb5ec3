"""People's sentences stand in the catalogue, none in code (tests/render walks every key)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import CHECKOUT
from bot.telegram.wording import read_wording
from bot.texts import load_texts
from bot.web.texts import menu, refused

TEXTS = load_texts("zh")
FILES = sorted((CHECKOUT / "bot").rglob("*.py"))
HAN = re.compile(r"[\u3400-\u9fff]")
# No sentences: the units of a date, what a cell of the spreadsheet holds, a setting's default.
NO_SENTENCE = {
    "bot/render/words.py": {"年", "月", "日"},
    "bot/export.py": {" aged 60 or over are marked 超龄，待核: please check them."},
    "bot/settings.py": {"县（市、区）人力资源和社会保障局"},
}


def names(file: Path) -> str:
    return file.relative_to(CHECKOUT).as_posix()


def literals(tree: ast.AST) -> Iterator[str]:
    """Yield every piece of text that is no docstring."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documented
        ):
            yield node.value


@pytest.mark.parametrize("file", FILES, ids=names)
def test_no_chinese_sentence_stands_in_code(file: Path) -> None:
    found = {text for text in literals(ast.parse(file.read_text("utf-8"))) if HAN.search(text)}
    assert found <= NO_SENTENCE.get(names(file), set())


def test_every_command_of_the_telegram_menu_has_its_words() -> None:
    wording = read_wording(TEXTS)
    assert len(wording.menu) == 8
    assert all(words for _, words in wording.menu)


def test_the_menu_of_the_page_gives_words_of_their_own() -> None:
    assert len(set(menu(TEXTS))) == 8


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_every_refusal_of_the_page_has_its_own_words(status: int) -> None:
    words = refused(TEXTS, status, is_foreign=False)
    assert words.title == TEXTS(f"web.refused_{status}")
    assert words.text == TEXTS(f"web.refused_{status}_cure")


def test_a_refusal_without_its_own_words_says_the_common_ones() -> None:
    assert refused(TEXTS, 405, is_foreign=False) == refused(TEXTS, 400, is_foreign=False)
