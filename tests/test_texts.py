"""People's sentences stand in the catalogue, none in code (tests/render walks every key)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings_values import CHECKOUT
from bot.telegram.wording import read_wording
from bot.texts import languages_in, load_texts
from bot.web.texts import menu, others, refused
from conversations.dialogue.words import word_in
from conversations.lobby.languages import language_in
from conversations.lobby.wishes import errand_in
from conversations.reply import Text

TEXTS = load_texts("zh")
FILES = sorted((CHECKOUT / "bot").rglob("*.py"))
HAN = re.compile(r"[\u3400-\u9fff]")
PAGES = sorted((CHECKOUT / "bot/web").rglob("*.html")) + sorted(
    (CHECKOUT / "bot/web").rglob("*.js")
)
# No sentences: what a cell of the spreadsheet holds, a setting's default.
NO_SENTENCE = {
    "bot/cli/export_words.py": {" aged 60 or over are marked 超龄，待核: please check them."},
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


@pytest.mark.parametrize("file", PAGES, ids=names)
def test_no_chinese_stands_in_the_templates_and_scripts_of_the_page(file: Path) -> None:
    assert HAN.findall(file.read_text("utf-8")) == []


@pytest.mark.parametrize("language", languages_in())
def test_every_command_of_the_telegram_menu_has_its_words(language: str) -> None:
    wording = read_wording(TEXTS).speaking(language)
    assert len(dict(wording.menu)) == 11
    assert all(words for _, words in wording.menu)


@pytest.mark.parametrize("language", languages_in())
def test_the_menu_of_the_page_gives_words_of_their_own(language: str) -> None:
    texts = TEXTS.speaking(language)
    assert len(set(menu(texts))) == len(menu(texts)) >= 9
    assert [other("language.button") for other in others(texts).values()] == [menu(texts)[-1]]


@pytest.mark.parametrize("language", languages_in())
def test_what_the_menu_of_the_page_says_is_understood_as_a_wish(language: str) -> None:
    for said in menu(TEXTS.speaking(language)):
        reply = Text(said)
        is_wish = errand_in(reply) is not None or language_in(reply) is not None
        assert is_wish or word_in(said) is not None, said


def test_whose_language_is_not_known_reads_the_apology_in_all_of_them() -> None:
    wording = read_wording(TEXTS)
    for language in languages_in():
        assert TEXTS.speaking(language)("telegram.apology") in wording.apology
        assert TEXTS.speaking(language)("telegram.group") in wording.group


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_every_refusal_of_the_page_has_its_own_words(status: int) -> None:
    words = refused(TEXTS, status, is_foreign=False)
    assert words.title == TEXTS(f"web.refused_{status}")
    assert words.text == TEXTS(f"web.refused_{status}_cure")


def test_a_refusal_without_its_own_words_says_the_common_ones() -> None:
    assert refused(TEXTS, 405, is_foreign=False) == refused(TEXTS, 400, is_foreign=False)
