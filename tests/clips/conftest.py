"""ffmpeg, the form with its texts, and the pack that ships."""

import shutil
from pathlib import Path

import pytest

from bot.clips.pack import Pack, load_pack
from bot.forms.compile import compile_form
from bot.settings_values import CHECKOUT
from bot.texts import Texts, load_texts
from conversations.xform import Form, load_form
from tests.conftest import missing
from tests.transcripts.stage import FORM


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    found = shutil.which("ffmpeg")
    if found is None:
        missing("ffmpeg", "ffmpeg")
    return found


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(compile_form(FORM))


@pytest.fixture(scope="session")
def texts() -> Texts:
    return load_texts("zh")


@pytest.fixture(scope="session")
def sample() -> Pack:
    return load_pack(CHECKOUT / "voice" / "sample")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pack"
