"""Random expressions come to the same value, or to an error, in our engine and in JavaRosa."""

import random
from contextlib import suppress
from datetime import datetime

import pytest

from bot.forms.drive import Driver
from conversations.xform import Session, XFormError, load_form
from tests.java.reference import Reference
from tests.xform.expressions import ANSWERS, NODE_TYPES, form_with, random_expression
from tests.xform.walks import ZONE, Failed, Walk


def begun(xml: str) -> Driver | None:
    """Return our engine at the beginning of a form, None when it refuses."""
    with suppress(XFormError):
        return Driver(Session(load_form(xml), datetime.now(ZONE)))
    return None


def compare(seed: int, reference: Reference) -> None:
    """Compare one expression while every question is answered in turn."""
    chance = random.Random(seed)
    expression = random_expression(chance)
    xml = form_with(expression, chance.choice(NODE_TYPES))
    opened = reference.open(xml)
    driver = begun(xml)
    assert (driver is None) == ("error" in opened), f"{expression}: {opened}"
    if driver is None:
        return
    walk = Walk(driver.session.form, driver, reference, chance)
    with suppress(Failed):
        for answers in ANSWERS:
            walk.step({"do": "next"})
            walk.step({"do": "answer", "value": chance.choice(answers)})
            walk.compare_state()


@pytest.mark.parametrize("start", range(0, 400, 50))
def test_random_expressions_come_to_the_same_in_both_engines(
    start: int, reference: Reference
) -> None:
    for seed in range(start, start + 50):
        compare(seed, reference)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_thousands_of_expressions_come_to_the_same_in_both_engines(reference: Reference) -> None:
    for seed in range(1_000, 21_000):
        compare(seed, reference)
