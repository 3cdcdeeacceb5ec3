"""The catalogue: nothing is missing, nothing is dead, and everything is short."""

import re
from typing import Final, get_args

from bot.texts import load_texts
from conversations.dialogue.words import Word
from conversations.interview import Purpose
from conversations.replies.outcome import Reason
from conversations.reply import MediaKind
from storage.tables.faults import TOLD
from storage.tables.rows import NoteKey
from tests.console.answer_keys import ANSWER_KEYS
from tests.console.keys import CONSOLE_KEYS
from tests.exporting.keys import EXPORT_KEYS
from tests.progress.keys import PROGRESS_KEYS
from tests.render.used import beginnings, words
from tests.rosters.keys import ROSTER_KEYS
from tests.transcripts.stage import FORM

TEXTS: Final = load_texts("zh").sentences
WORDS: Final = words()
PUT_TOGETHER: Final = {
    *(f"rejected.{reason}" for reason in [*Reason, "required", "type", "constraint"]),
    *("rejected.no_longer_fits", "range.default", "range.reported"),
    *(f"other.{kind}" for kind in get_args(MediaKind)),
    *("other.phone_not_own", "other.phone_not_asked"),
    *(f"greeting.{purpose}" for purpose in get_args(Purpose)),
    *(f"button.{word}" for word in (Word.BACK, Word.WHY, Word.SKIP)),
    *(f"table.{part}.{key}" for part in ("fault", "cure") for key in TOLD),
    *(f"table.note.{key}" for key in get_args(NoteKey)),
    *ANSWER_KEYS,
    *CONSOLE_KEYS,
    *ROSTER_KEYS,
    *PROGRESS_KEYS,
    *EXPORT_KEYS,
}
PREFIXED: Final = ("button", "echo", "question")
LONGEST: Final = 110
LABEL: Final = 16
# A code, names of things that have no other, and what the other half must be able to find.
FOREIGN: Final = r"ABCDE|Cookie|Telegram|Language|Excel|WPS|PDF|xlsx|xlsb|xls|ods|csv"


def test_every_key_that_the_code_asks_for_is_in_the_catalogue() -> None:
    sections = {key.partition(".")[0] for key in TEXTS}
    keys = {word for word in WORDS if "." in word and not word.endswith((".html", ".toml"))}
    # What the audit calls a deed is no key itself: its words are below `console.deed`.
    keys -= {key for key in keys if f"console.deed.{key}" in TEXTS and key not in TEXTS}
    named = {key for key in keys if key.partition(".")[0] in sections}
    tables = {key for key in named if any(text.startswith(f"{key}.") for text in TEXTS)}
    assert named - set(TEXTS) - tables == set()
    assert len(named) > 60


def test_every_key_that_is_put_together_is_in_the_catalogue() -> None:
    assert set(TEXTS) >= PUT_TOGETHER


def _exit_reasons() -> set[str]:
    lines = FORM.read_text("utf-8").splitlines()
    line = next(line for line in lines if "| calculate | exit_reason |" in line)
    return set(re.findall(r"'(\d\d)'", line))


def test_every_reason_for_leaving_the_range_has_its_own_sentence() -> None:
    assert _exit_reasons() >= {"03", "12"}
    assert {f"range.{reason}" for reason in _exit_reasons()} <= set(TEXTS)


def test_no_sentence_is_dead() -> None:
    named = WORDS | PUT_TOGETHER | {f"range.{reason}" for reason in _exit_reasons()}
    named |= {f"{prefix}.{word}" for prefix in PREFIXED for word in WORDS}
    begun = (*beginnings(), *(f"{word}." for word in WORDS if word.startswith("console.")))
    assert {key for key in set(TEXTS) - named if not key.startswith(begun)} == set()


def test_every_sentence_is_short_and_whole() -> None:
    assert {key for key, text in TEXTS.items() if not _is_short_and_whole(key, text)} == set()


def _is_short_and_whole(key: str, text: str) -> bool:
    plain = re.sub(r"\{\w+\}", "", text)
    limit = LABEL if key.startswith("button.") else LONGEST
    has_foreign_words = re.search(r"[A-Za-z]{3,}", re.sub(FOREIGN, "", plain))
    return len(text) > 0 and len(plain) <= limit and text == text.strip() and not has_foreign_words
