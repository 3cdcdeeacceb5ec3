"""Random walks: our engine and JavaRosa say and hold the same, on every form, step by step."""

from functools import cache
from pathlib import Path

import pytest

from bot.forms.compile import compile_form
from conversations.xform import Form, load_form
from tests.java.reference import Reference
from tests.xform.walks import open_both, stroll

SMALL = sorted(Path(__file__).with_name("forms").glob("*.md"))
REAL = sorted((Path(__file__).parents[2] / "conversations/forms").glob("*.md"))
FORMS = [path for path in SMALL + REAL if path.name != "README.md"]


@cache
def loaded(path: Path) -> tuple[str, Form]:
    """Return a form, compiled once for all walks."""
    xml = compile_form(path)
    return xml, load_form(xml)


def walk(path: Path, reference: Reference, seed: int, steps: int) -> None:
    """Walk one way through a form, in one of its languages."""
    xml, form = loaded(path)
    language = form.languages[seed % len(form.languages)] if form.languages else None
    stroll(open_both(form, xml, reference, seed, language), steps)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(4))
def test_a_random_walk_is_the_same_in_both_engines(
    path: Path, seed: int, reference: Reference
) -> None:
    walk(path, reference, seed, steps=120 if path in REAL else 50)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_hundreds_of_walks_are_the_same_in_both_engines(path: Path, reference: Reference) -> None:
    for seed in range(100, 400):
        walk(path, reference, seed, steps=150)
