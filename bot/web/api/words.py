"""The words of the interface: for those who write programs, so not in the catalogue of people."""

from functools import cache
from pathlib import Path

from bot.texts import LANGUAGE, Texts, read_sentences


@cache
def load_words() -> Texts:
    """Return the words of `words.zh.toml`."""
    return Texts(read_sentences(LANGUAGE, Path(__file__).parent))
