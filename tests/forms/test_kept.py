"""A form's compiled text is kept for this very source, and for no other."""

from pathlib import Path

import pytest

from bot.forms.compile import compile_form
from bot.forms.kept import compiled, keep
from conversations.xform.errors import FormError

SMALL = """
| survey | | | |
|---|---|---|---|
| | type | name | label |
| | text | name | Name? |
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text(SMALL, "utf-8")
    return path


def test_what_is_kept_is_what_would_be_compiled(source: Path, tmp_path: Path) -> None:
    kept = keep(source, tmp_path / "kept")
    assert kept.read_text("utf-8") == compile_form(source) == compiled(source, tmp_path / "kept")


def test_the_kept_text_is_taken_without_compiling(source: Path, tmp_path: Path) -> None:
    keep(source, tmp_path / "kept").write_text("kept", "utf-8")
    assert compiled(source, tmp_path / "kept") == "kept"


def test_an_edited_source_is_compiled_anew(source: Path, tmp_path: Path) -> None:
    keep(source, tmp_path / "kept").write_text("kept", "utf-8")
    source.write_text(SMALL.replace("Name?", "Your name?"), "utf-8")
    assert "Your name?" in compiled(source, tmp_path / "kept")


def test_nothing_is_kept_of_a_broken_form(source: Path, tmp_path: Path) -> None:
    source.write_text(SMALL.replace("text", "nonsense"), "utf-8")
    with pytest.raises(FormError):
        keep(source, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
