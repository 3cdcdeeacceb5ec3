"""The questionnaire, loaded once, and interviews on it."""

from collections.abc import Callable

import pytest

from bot.atlas import load_atlas
from bot.forms.compile import compile_form
from bot.places import load_places
from conversations.dialogue.scene import Setting
from conversations.interview import Interview
from conversations.xform import Form, load_form
from tests.conversations.talk import NOW, Talk
from tests.transcripts.stage import FORM

Begin = Callable[..., Talk]


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form(compile_form(FORM))


@pytest.fixture(scope="session")
def setting() -> Setting:
    places = load_places()
    return Setting(NOW, places.villages, load_atlas(places))


@pytest.fixture
def talk(form: Form, setting: Setting) -> Talk:
    """Return an interview at its first question."""
    return Talk(form, setting)


@pytest.fixture(scope="session")
def begin(form: Form, setting: Setting) -> Begin:
    """Return a way to begin more interviews, from a given state if need be."""

    def begun(interview: Interview | None = None) -> Talk:
        return Talk(form, setting, interview) if interview else Talk(form, setting)

    return begun
