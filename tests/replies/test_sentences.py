"""Every reason has a sentence that says what to do."""

import string
import tomllib
from pathlib import Path

import pytest

from conversations.replies.outcome import Reason

TEXTS = Path(__file__).parents[2] / "conversations" / "forms" / "texts"
SENTENCES = {
    key: sentence
    for file in sorted(TEXTS.glob("*zh.toml"))
    for key, sentence in tomllib.loads(file.read_text("utf-8")).get("rejected", {}).items()
}
BLANKS = {
    Reason.TOO_LONG: {"limit"},
    Reason.NO_SUCH_NUMBER: {"count"},
    Reason.SEVERAL_OPTIONS: {"options"},
    Reason.ID_LENGTH: {"count"},
    Reason.PHONE_SHORT: {"count"},
    Reason.PHONE_LONG: {"count"},
    Reason.DATE_AMBIGUOUS: {"one", "other"},
    Reason.MONEY_PER_DAY: {"few", "many"},
    Reason.MONTH_MISSING: {"example"},
}


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_short_sentence(reason: Reason) -> None:
    sentence = SENTENCES[reason]
    blanks = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    assert 8 <= len(sentence) <= 60
    assert blanks == BLANKS.get(reason, set())
