"""The sentences of every language, by key, read from the catalogues beside the form."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.clips.pack import SILENT, Pack

CATALOGUES: Final = Path(__file__).parent.parent / "conversations" / "forms" / "texts"
# The language that every catalogue must be complete in, and that stands in for a missing text.
LANGUAGE: Final = "zh"


@dataclass(frozen=True, slots=True)
class Texts:
    """A catalogue: `texts("echo.recorded", shown="小学")`.

    Args of the constructor, where not plain:
        language: the code of its language.
        all: the catalogues of all languages by code, this one too; they share it.
        voice: what of the sentences and of the form can be heard.
    """

    sentences: Mapping[str, str]
    language: str = LANGUAGE
    all: Mapping[str, "Texts"] = field(default_factory=dict, repr=False, compare=False)
    voice: Pack = SILENT

    def __call__(self, key: str, **params: str) -> str:
        """Return the sentence with its {names} filled in.

        Raises:
            KeyError: the catalogue has no such sentence; a test walks all keys in use.
        """
        return self.sentences[key].format(**params)

    def get(self, key: str, otherwise: str, **params: str) -> str:
        """Return the sentence, or the one of the other key when it is missing."""
        return self(key if key in self.sentences else otherwise, **params)

    def speaking(self, language: str) -> "Texts":
        """Return the catalogue of a language; this one when there is none."""
        return self.all.get(language, self)


def load_texts(language: str = LANGUAGE, folder: Path = CATALOGUES, voice: Pack = SILENT) -> Texts:
    """Return the catalogue of a language, which knows those of all others.

    A sentence that a language lacks is said in Chinese rather than not at all.
    """
    fallback = read_sentences(LANGUAGE, folder)
    catalogues: dict[str, Texts] = {}
    for code in languages_in(folder):
        own = fallback if code == LANGUAGE else fallback | read_sentences(code, folder)
        catalogues[code] = Texts(own, code, catalogues, voice)
    return catalogues[language]


def languages_in(folder: Path = CATALOGUES) -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, Chinese first."""
    codes = {_language_of(file) for file in folder.glob("*.toml")}
    return (LANGUAGE, *sorted(codes - {LANGUAGE}))


def read_sentences(language: str, folder: Path = CATALOGUES) -> dict[str, str]:
    """Return what stands in a language's own files: `<language>.toml`, `*.<language>.toml`."""
    sentences: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        if _language_of(file) == language:
            _collect(tomllib.loads(file.read_text("utf-8")), "", sentences)
    return sentences


def _language_of(file: Path) -> str:
    """Return the code in a catalogue's name: web.zh.toml -> zh."""
    return file.stem.rpartition(".")[2]


def _collect(table: Mapping[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, Mapping):
            _collect(value, f"{prefix}{name}.", into)
        else:
            into[f"{prefix}{name}"] = str(value)
