"""The questionnaire, compiled once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pyxform.xls2xform import convert

from conversations.xform import Form, Session, load_form

FORMS = Path(__file__).parents[2] / "conversations" / "forms"
NOW = datetime(2026, 11, 23, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
Walk = Callable[[Mapping[str, str]], tuple[Session, list[str]]]


@pytest.fixture(scope="session")
def xform() -> str:
    """Return the questionnaire as pyxform compiles it."""
    return str(convert(str(FORMS / "rural_labour.md")).xform)


@pytest.fixture(scope="session")
def form(xform: str) -> Form:
    return load_form(xform)


@pytest.fixture
def walk(form: Form) -> Walk:
    """Return a walk: asks in order, answers by question name, "" where nothing is given."""

    def walked(answers: Mapping[str, str], now: datetime = NOW) -> tuple[Session, list[str]]:
        session, asked = Session(form, now), []
        path = session.next()
        while path is not None:
            name = path.rpartition("/")[2].removesuffix("[1]")
            if session.question(path).type != "note":
                asked.append(name)
                verdict = session.answer(path, answers.get(name, ""))
                if verdict.kind != "ok":
                    return session, [*asked, f"{name}: {verdict.kind}"]
            path = session.next(path)
        return session, asked

    return walked


def role(session: Session, name: str) -> str:
    """Return the value at a role; "" where it is not relevant."""
    path = session.form.roles[name]
    return session.get(path) if session.relevant(path) else ""
