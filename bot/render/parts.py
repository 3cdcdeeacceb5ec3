"""Parts of the interview in words: what was said in one, and whether it is still so."""

from collections.abc import Mapping
from typing import Final

from bot.messages import Button
from bot.render.page import Page
from bot.texts import Texts
from conversations import events as on
from conversations.buttons import Verb

_PIECE: Final = "|"


def finished_part(page: Page, event: on.PartFinished) -> None:
    """Say in two lines that a part is done and what it came to."""
    number = str(event.part.number)
    page.say("part.finished", number=number, title=event.title, gist=_gist(page.texts, event.gist))


def ask_comparison(page: Page, event: on.SectionCompared) -> None:
    """Tell what was said last year and ask whether it is still so."""
    page.part()
    gist = _gist(page.texts, event.gist)
    page.say("compare.again" if event.again else "compare.asked", title=event.title, gist=gist)
    presses = [
        page.press(Verb.COMPARE, event.question, said) for said in ("same", "changed", "unsure")
    ]
    rows: list[list[Button]] = [
        [page.button("same", presses[0], "success")],
        [page.button("changed", presses[1]), page.button("unsure", presses[2])],
    ]
    page.close(rows, input_hint="none", protect=True)


def settle_comparison(page: Page, event: on.SectionSettled) -> None:
    """Put what was said in place of the buttons."""
    gist = _gist(page.texts, event.gist)
    said = page.texts(f"button.{event.said}")
    settled = page.texts("compare.settled", title=event.title, gist=gist, said=said)
    if page.tapped:
        page.settle = settled
    else:
        page.settle_open = settled
        page.say("echo.recorded", shown=said)


def _gist(texts: Texts, gist: Mapping[str, str]) -> str:
    """Return a part in one sentence: pieces of the catalogue whose roles all have a value."""
    pieces = texts.sentences["part.gist"].split(_PIECE)
    said = [piece.format_map(gist) for piece in pieces if _has_all(piece, gist)]
    return texts("part.comma").join(said) or texts("part.nothing")


def _has_all(piece: str, gist: Mapping[str, str]) -> bool:
    try:
        piece.format_map(gist)
    except KeyError:
        return False
    return True
