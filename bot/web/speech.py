"""How a page speaks: in the chat's language, the one asked for, or the browser's; how large."""

from typing import NamedTuple

from starlette.requests import Request

from bot.texts import Texts
from bot.web.print import is_large

_ASKED = "lang"


class Speech(NamedTuple):
    """The words of one page.

    `query` goes behind the links and forms of the page, so that what follows is in its language
    too; it is empty where the browser prefers that language anyway. `is_large` is about print.
    """

    texts: Texts
    query: str = ""
    is_large: bool = False


def asked_for(request: Request) -> str:
    """Return the language that the link itself names, "" for none."""
    return request.query_params.get(_ASKED, "")


def speech_in(language: str, request: Request, texts: Texts) -> Speech:
    """Return the words of a page in a language; without one of ours what the visitor prefers."""
    preferred = _preferred(request.headers.get("accept-language", ""), texts)
    code = next((code for code in (language, asked_for(request)) if code in texts.all), preferred)
    query = "" if code == preferred else f"?{_ASKED}={code}"
    return Speech(texts.speaking(code), query, is_large(request))


def _preferred(accepted: str, texts: Texts) -> str:
    """Return the first of our languages that the browser accepts, by its own order (RFC 9110)."""
    weighed = [_weighed(one) for one in accepted.split(",")]
    for weight, code in sorted(weighed, key=lambda one: -one[0]):
        if weight > 0 and code in texts.all:
            return code
    return texts.language


def _weighed(accepted: str) -> tuple[float, str]:
    tag, _, quality = accepted.partition(";")
    number = quality.strip().removeprefix("q=")
    try:
        weight = float(number) if number else 1.0
    except ValueError:
        weight = 0.0
    return weight, tag.strip().partition("-")[0].lower()
