"""English words as they are compared, and what whole answers say: yes, no, nothing, not known."""

import re
import unicodedata
from typing import Final

_GROUPED: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_APART: Final = re.compile(r"[^a-z0-9]+")
_SHORT: Final = (
    ("don't", "do not"),
    ("dont", "do not"),
    ("doesn't", "does not"),
    ("can't", "can not"),
    ("cannot", "can not"),
    ("i'm", "i am"),
    ("it's", "it is"),
    ("that's", "that is"),
)


def each(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as one text."""
    return tuple(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


_YES: Final = _phrases("""
    yes | y | yeah | yep | yup | yes please | yes i do | yes i am | yes it is | i do | i am |
    i did | sure | of course | certainly | ok | okay | right | correct | true | that is right |
    that is correct | it is right | agree | i agree | yes i agree | fine | good | alright |
    all right | please | i want to | yes i want to
""")
_NO: Final = _phrases("""
    no | n | nope | nah | no thanks | no thank you | no i do not | no i am not | no it is not |
    i do not | i did not | i am not | not | not yet | wrong | false | that is wrong |
    that is not right | not right | not correct | incorrect | disagree | i disagree |
    i do not agree | i do not want to | never | not now | none | nothing | neither | none of these
""")
_NOTHING: Final = _phrases("""
    no | none | nothing | nope | n a | na | nil | no phone | no mobile | no number | no company |
    i have none | i have no phone | i have no mobile | i do not have one |
    i do not have a phone | i do not have a mobile | nothing else | no more | no thanks |
    no thank you
""")
_UNKNOWING: Final = _phrases("""
    i do not know | do not know | no idea | i have no idea | not sure | i am not sure | unsure |
    unknown | i forgot | forgot | i do not remember | do not remember | i can not remember |
    can not remember | i can not say | hard to say
""")


def folded(text: str) -> str:
    """Return words in small letters, without accents and punctuation: Lüliang! -> luliang."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    for short, full in _SHORT:
        bare = bare.replace(short, full)
    return _APART.sub(" ", _GROUPED.sub("", bare.replace("'", ""))).strip()


def is_english(text: str) -> bool:
    """Tell whether the words are Latin letters, with figures or without."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(ord(char) < 0x250 for char in letters)


def yes_or_no(text: str) -> bool | None:
    """Return what the whole text says as yes or no, None when it is neither."""
    bare = folded(text)
    return bare in _YES if bare in _YES or bare in _NO else None


def says_nothing(text: str) -> bool:
    """Tell whether the words mean that there is nothing to write."""
    return folded(text) in _NOTHING


def does_not_know(text: str) -> bool:
    """Tell whether the words mean that the person does not know."""
    return folded(text) in _UNKNOWING
