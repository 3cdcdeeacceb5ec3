"""Every sentence for workers is in characters that people who read little know.

The list is level 1 of GB 2312: the 3,755 characters in most frequent use. Names of places and of
peoples are what they are.
"""

import re
from collections.abc import Iterator

from bot.forms.compile import compile_form
from bot.texts import load_texts
from conversations.xform import load_form
from conversations.xform.session import Session
from tests.conversations.talk import NOW
from tests.transcripts.stage import FORM

COMMON = frozenset(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) <= (0xD7, 0xF9)
)
HAN = re.compile(r"[\u3400-\u9fff]")
NAMES = {"city", "county", "township", "work_city", "work_county", "ethnicity"}
# In the longest of all sentences; most are half as long.
LONGEST = 90


def _form_texts() -> Iterator[tuple[str, str]]:
    form = load_form(compile_form(FORM))
    session = Session(form, now=NOW)
    for place in form.questions:
        question = session.question(place.path)
        for text in (question.label, question.hint, question.bot.get("why", "")):
            yield place.path, text
        if question.bot.get("role") not in NAMES:
            for choice in question.choices:
                yield place.path, choice.label


def _rare(texts: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for where, text in texts:
        rare = {char for char in HAN.findall(text) if char not in COMMON}
        if rare:
            found.setdefault(where, set()).update(rare)
    return found


def test_the_list_of_common_characters_is_whole() -> None:
    assert len(COMMON) == 3755
    assert {"我", "村", "工"} <= COMMON
    assert "𦙶" not in COMMON


def test_the_form_is_in_common_characters() -> None:
    assert _rare(_form_texts()) == {}


def test_the_sentences_of_the_bot_are_in_common_characters() -> None:
    assert _rare(iter(load_texts("zh").sentences.items())) == {}


def test_no_sentence_is_too_long_to_be_read_aloud_in_one_breath() -> None:
    too_long = {
        key: sentence
        for key, text in load_texts("zh").sentences.items()
        for sentence in re.split(r"[。！？\n|]", text)
        if len(HAN.findall(sentence)) > LONGEST / 2
    }
    assert too_long == {}
