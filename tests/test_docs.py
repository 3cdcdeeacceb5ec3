"""What the docs say exists."""

import re
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS
from bot.config import SECTIONS
from bot.settings_values import CHECKOUT

DOCS = sorted([*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
ROW = re.compile(r"^\| `(\w+)\.(\w+)` \| (?:`([^`]*)`)? ?\|", re.MULTILINE)


def names(document: Path) -> str:
    return document.relative_to(CHECKOUT).as_posix()


@pytest.mark.parametrize("document", DOCS, ids=names)
def test_every_command_of_a_document_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    called = set(re.findall(r"^\s*(?:\$ )?make ([a-z]+)|`make ([a-z]+)", text, re.MULTILINE))
    assert {name for pair in called for name in pair if name} <= TARGETS
    called_ours = set(re.findall(r"(?:`|^\s*\$? ?|bin/)xiangwen ([a-z]+)", text, re.MULTILINE))
    assert called_ours <= COMMANDS.keys()


@pytest.mark.parametrize("document", DOCS, ids=names)
def test_every_link_and_picture_of_a_document_exists(document: Path) -> None:
    targets = LINK.findall(document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCS, ids=names)
def test_every_variable_of_a_document_is_a_setting(document: Path) -> None:
    named = re.findall(r"XIANGWEN_([A-Z]+)__([A-Z_]+)", document.read_text("utf-8"))
    unknown = [
        f"{section}__{key}"
        for section, key in named
        if key.lower() not in SECTIONS[section.lower()].model_fields
    ]
    assert unknown == []


def test_the_page_on_settings_lists_every_key_with_its_default() -> None:
    page = (CHECKOUT / "docs" / "configuration.md").read_text("utf-8")
    shown = re.findall(
        r'^# (\w+) = "?([^"\n]*)"?$|^\[(\w+)\]$',
        (CHECKOUT / "config.toml").read_text("utf-8"),
        re.MULTILINE,
    )
    expected, section = [], ""
    for key, default, header in shown:
        section = header or section
        if key:
            expected.append((section, key, default))
    assert ROW.findall(page) == expected


def test_each_dependency_has_a_reason() -> None:
    lines = (CHECKOUT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1]
    packages = re.findall(r'^    "([A-Za-z0-9-]+)', lines.split("\n]")[0], re.MULTILINE)
    decisions = (CHECKOUT / "docs" / "decisions.md").read_text("utf-8")
    assert [name for name in packages if name not in decisions] == []


def test_the_changelog_keeps_its_form() -> None:
    headings = re.findall(
        r"^## (.*)$", (CHECKOUT / "docs" / "changelog.md").read_text("utf-8"), re.MULTILINE
    )
    dated = re.compile(r"\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}")
    assert headings
    assert all(dated.fullmatch(heading) for heading in headings)


def test_the_lock_names_no_address_and_hashes_everything() -> None:
    lock = (CHECKOUT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock
    packages = re.findall(r"^[a-zA-Z0-9_.-]+==[^\n]*\\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-zA-Z0-9_.-]+==", lock, re.MULTILINE))
