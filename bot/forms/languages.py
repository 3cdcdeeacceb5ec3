"""What a language lacks: texts of the form, sentences of a catalogue, and their {names}."""

import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bot.texts import CATALOGUES, LANGUAGE, languages_in, read_sentences
from conversations.dialogue.review import UNLISTED
from conversations.xform import Form
from conversations.xform.texts import code_of

# What the staff read, and what is printed, is in Chinese only.
_CHINESE_ONLY: Final = ("bulletin.", "console.", "poster.", "staff.", "table.")
# Each language takes those of the {names} that suit its sentence: roles of the form, and in what
# commands say of a roster's rows the title that stands beside it.
_OWN_NAMES: Final = ("part.gist", "roster.")
# pyxform's mark where an author wrote a text in one language and not in another.
_UNWRITTEN: Final = "-"


def gaps_in_texts(folder: Path = CATALOGUES) -> Iterator[str]:
    """Yield what a catalogue lacks, has too much, or fills in otherwise than the Chinese one."""
    needed = read_sentences(LANGUAGE, folder)
    for language in languages_in(folder):
        if language != LANGUAGE:
            yield from _gaps(language, needed, read_sentences(language, folder))


def gaps_in_form(form: Form) -> Iterator[str]:
    """Yield what the form says in one of its languages and not in another."""
    texts = form.translations.texts
    keys = {key: None for translated in texts.values() for key in translated}
    for language, translated in texts.items():
        for key in keys:
            element = translated.get(key)
            if element is None or (element.text == _UNWRITTEN and len(element) == 0):
                yield f"{language}: {key} is missing"
    for language in form.languages:
        if language != form.default_language:
            yield from _gaps_in_hints(form, language)


def _gaps(language: str, needed: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for key, sentence in needed.items():
        if key in found:
            if key.startswith(_OWN_NAMES):
                continue
            if _names(found[key]) != _names(sentence):
                yield f"{language}: {key} has other {{names}} than in {LANGUAGE}"
        elif not key.startswith(_CHINESE_ONLY):
            yield f"{language}: {key} is missing"
    for key in found:
        if key not in needed:
            yield f"{language}: {key} is said nowhere"


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _gaps_in_hints(form: Form, language: str) -> Iterator[str]:
    """Yield the questions that do not say why, or what they are called, in this language."""
    code = code_of(language)
    for question in form.questions:
        name = question.path.rpartition("/")[2].partition("[")[0]
        if "why" in question.bot and f"why_{code}" not in question.bot:
            yield f"{language}: {name} has no bind::bot:why_{code}"
        is_titled = {"short", "official"} & set(question.bot)
        if is_titled and f"short_{code}" not in question.bot and name not in UNLISTED:
            yield f"{language}: {name} has no bind::bot:short_{code}"
