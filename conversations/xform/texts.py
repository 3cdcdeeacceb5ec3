"""The form's own texts, in several languages, with answers put in where ${name} stood."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

from conversations.xform.facts import Evaluate, Facts
from conversations.xform.instances import XFORMS
from conversations.xform.values import TRIMMED, to_text

_VALUE: Final = XFORMS + "value"
_CODE: Final = re.compile(r"\(([a-z]{2,3}(?:-\w+)?)\)$")


@dataclass(frozen=True, slots=True)
class Output:
    """A place in a text where the value of an expression goes."""

    expression: str


Parts = tuple[str | Output, ...]


def parts_of(element: Element) -> Parts:
    """Return a label's text and the outputs in it, without spaces at its ends."""
    if len(element) == 0:
        text = (element.text or "").strip(TRIMMED)
        return (text,) if text else ()
    parts: list[str | Output] = [element.text or ""]
    for child in element:
        if child.tag == XFORMS + "output":
            parts.append(Output(child.get("ref") or child.get("value") or ""))
        parts.append(child.tail or "")
    return _trimmed(parts)


def _trimmed(parts: list[str | Output]) -> Parts:
    """Join neighbouring texts, take spaces off both ends and out where nothing else stands.

    JavaRosa's XML reader leaves out text that is only spaces, so two outputs side by side touch.
    """
    joined: list[str | Output] = []
    for part in parts:
        if isinstance(part, str) and not part.strip(TRIMMED):
            continue
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    if joined and isinstance(joined[0], str):
        joined[0] = joined[0].lstrip(TRIMMED)
    if joined and isinstance(joined[-1], str):
        joined[-1] = joined[-1].rstrip(TRIMMED)
    return tuple(part for part in joined if part != "")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text that is ready to be said: plain, or pieces with expressions between."""

    pieces: tuple[str | Evaluate, ...]

    def say(self, facts: Facts) -> str:
        """Return the text of this moment."""
        return "".join(
            piece if isinstance(piece, str) else to_text(piece(facts, None))
            for piece in self.pieces
        )

    def is_whole(self, facts: Facts) -> bool:
        """Tell whether no expression comes to nothing."""
        return all(isinstance(piece, str) or to_text(piece(facts, None)) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Label:
    """A text in every language of the form. A form without translations has the language ""."""

    phrases: Mapping[str, Phrase]

    def say(self, facts: Facts, language: str) -> str:
        """Return the text in a language, "" when the author wrote none."""
        phrase = self.phrases.get(language)
        return phrase.say(facts) if phrase else ""

    def says_whole(self, facts: Facts, language: str) -> bool:
        """Tell whether nothing that the text repeats is missing in it."""
        phrase = self.phrases.get(language)
        return phrase is None or phrase.is_whole(facts)


NOTHING = Label({})


@cache
def code_of(language: str) -> str:
    """Return the code in a language's name as XLSForm writes it: English (en) -> en, else ""."""
    found = _CODE.search(language)
    return found[1] if found else ""


def hints_by_language(
    hints: Mapping[str, str], languages: tuple[str, ...]
) -> Mapping[str, Mapping[str, str]]:
    """Return a question's chat hints in each language: `why_en` takes the place of `why`."""
    spoken: dict[str, Mapping[str, str]] = {}
    for language in languages:
        ending = f"_{code_of(language)}"
        own = {name: text for name, text in hints.items() if name.endswith(ending)}
        spoken[language] = {
            **hints,
            **{name.removesuffix(ending): text for name, text in own.items()},
        }
    return spoken


def phrase_of(parts: Parts, compile_output: Callable[[str], Evaluate]) -> Phrase:
    """Return parts with their outputs compiled."""
    return Phrase(
        tuple(part if isinstance(part, str) else compile_output(part.expression) for part in parts)
    )


@dataclass(frozen=True, slots=True)
class Translations:
    """The itext of a form: language -> text id -> its element. A missing text is the default's."""

    languages: tuple[str, ...]
    default: str
    texts: Mapping[str, Mapping[str, Element]]

    def of(self, text_id: str, language: str) -> Parts | None:
        """Return a text, the long form before the plain one; None when there is none."""
        for key in (f"{text_id};long", text_id):
            for name in (language, self.default):
                found = self.texts.get(name, {}).get(key)
                if found is not None:
                    return parts_of(found)
        return None


def read_translations(itext: Element | None) -> Translations:
    """Return the texts of the `<itext>` element; forms in one language may have none."""
    texts: dict[str, dict[str, Element]] = {}
    default = ""
    for translation in itext if itext is not None else ():
        language = translation.get("lang", "")
        if translation.get("default") is not None and not default:
            default = language
        texts[language] = {
            _key(text, value): value
            for text in translation
            for value in text
            if value.tag == _VALUE
        }
    languages = tuple(texts)
    return Translations(languages, default or (languages[0] if languages else ""), texts)


def _key(text: Element, value: Element) -> str:
    """Return the id of a text with its form, such as "name:label;image"."""
    form = value.get("form")
    return f"{text.get('id', '')};{form}" if form else text.get("id", "")
