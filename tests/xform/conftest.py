"""JavaRosa for the tests that compare, and small forms made of a table."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.forms.compile import compile_form
from conversations.xform import Form, load_form
from tests.conftest import Jdk
from tests.java.reference import Reference, running
from tests.xform.walks import ZONE


@pytest.fixture(scope="session")
def reference(java: Jdk) -> Iterator[Reference]:
    """Run JavaRosa for all tests that compare with it."""
    with running(java, str(ZONE)) as found:
        yield found


@pytest.fixture
def survey(tmp_path: Path) -> Callable[..., Form]:
    """Return a maker of forms from rows of the survey and the choices sheet."""

    def make(*rows: str, choices: tuple[str, ...] = (), settings: tuple[str, ...] = ()) -> Form:
        sheets = [("survey", rows), ("choices", choices), ("settings", settings)]
        lines = [
            line
            for name, table in sheets
            if table
            for line in (f"| {name} |", *(f"| | {row} |" for row in table))
        ]
        path = tmp_path / "form.md"
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_form(compile_form(path))

    return make
