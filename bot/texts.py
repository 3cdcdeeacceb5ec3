"""The sentences of one language, by key, read from the catalogues beside the form."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.clips.pack import SILENT, Pack

CATALOGUES: Final = Path(__file__).parent.parent / "conversations" / "forms" / "texts"


@dataclass(frozen=True, slots=True)
class Texts:
    """A catalogue: `texts("echo.recorded", shown="小学")`."""

    sentences: Mapping[str, str]
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


def load_texts(language: str, folder: Path = CATALOGUES, voice: Pack = SILENT) -> Texts:
    """Return the catalogue of a language: all `*.<language>.toml` and `<language>.toml`."""
    sentences: dict[str, str] = {}
    for file in sorted(folder.glob(f"*{language}.toml")):
        _collect(tomllib.loads(file.read_text("utf-8")), "", sentences)
    return Texts(sentences, voice=voice)


def _collect(table: Mapping[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, Mapping):
            _collect(value, f"{prefix}{name}.", into)
        else:
            into[f"{prefix}{name}"] = str(value)
