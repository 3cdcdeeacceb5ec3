"""Reports to verify: the queue, one with its doubts beside it, verified or returned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.render.desk.checking import doubt_words, ready_question, ready_questions, refused_words
from bot.staff.access import looked_after, scope_of
from bot.staff.reviewing import (
    Candidate,
    candidate_of,
    candidates_in,
    doubts_of,
    give_back,
    lines_in,
    may_do,
    sections_of,
    verify,
    verify_shown,
)
from bot.web.console.frame import Console, Seat
from bot.web.console.waiting import Waiting
from conversations.cases import masked_name
from conversations.dialogue.review import title_of
from conversations.dialogue.shown import veiled
from conversations.events import ReviewLine
from conversations.question_words import question_in, refusal_of
from conversations.scope import Action
from storage import reviews
from storage.transaction import Reading

PATH: Final = "/console/reports"
_PAGE: Final = 20
_OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question that somebody is about to ask: which answer, which words, what is wrong."""

    line: str = ""
    ready: str = ""
    words: str = field(default="", repr=False)
    wrong: str = ""


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    one = f"{PATH}/{{report}}"
    verifying, returning = Action.VERIFY, Action.RETURN
    return [
        Route(PATH, console.seated(show, may=verifying)),
        Route(f"{PATH}/verify", console.seated(verify_page, may=verifying), methods=["POST"]),
        Route(one, console.seated(show_one, may=verifying)),
        Route(f"{one}/verify", console.seated(verify_one, may=verifying), methods=["POST"]),
        Route(f"{one}/return", console.seated(return_one, may=returning), methods=["POST"]),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return how many reports wait."""
    scope = scope_of(console.world.places, seat.staff, Action.VERIFY)
    count = await reviews.count(reading, scope) if scope.places else 0
    return (Waiting("reports", count, PATH),) if count else ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show the queue, what is doubtful first."""
    world = console.world
    async with console.database.reading() as reading:
        found = await candidates_in(reading, world, seat.staff, console.clock())
        total = await reviews.count(reading, looked_after(world.places, seat.staff))
    return console.page(
        seat, "reports.html", total=total, found=found[:_PAGE], masked_name=masked_name
    )


async def verify_page(console: Console, seat: Seat, request: Request) -> Response:
    """Verify those that were ticked, where nothing is doubtful."""
    form = await console.form(seat, request)
    async with console.database.transaction() as tx:
        done = await verify_shown(console.office(tx), seat.staff, set(form.all("report")))
    return console.to(PATH, "console.reports.told.page" if done else "console.reports.told.none")


async def show_one(console: Console, seat: Seat, request: Request) -> Response:
    """Show a report, masked, with what does not fit beside it."""
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await candidate_of(office, request.path_params["report"])
        if one is None:
            return console.to(PATH, "console.reports.told.moved")
        if not await may_do(office, seat.staff, Action.SEE_MASKED, one):
            return console.refusal(seat, 403)
        return _opened(console, seat, office, one, _Asked())


async def verify_one(console: Console, seat: Seat, request: Request) -> Response:
    """Verify a report and go on to the next."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await candidate_of(office, request.path_params["report"])
        if one is None:
            return console.to(PATH, "console.reports.told.moved")
        if not await verify(office, seat.staff, one):
            return console.refusal(seat, 403)
    return await _next(console, seat, "console.reports.told.verified")


async def return_one(console: Console, seat: Seat, request: Request) -> Response:
    """Return a report with one question about one answer, and go on to the next."""
    form = await console.form(seat, request)
    texts = console.world.texts
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await candidate_of(office, request.path_params["report"])
        if one is None:
            return console.to(PATH, "console.reports.told.moved")
        given = _Asked(form["line"], form["ready"], form["words"])
        line = _line(office, one, given.line)
        words = ready_question(texts, given.ready) or question_in(given.words)
        refused = refusal_of(words)
        if line is None or refused is not None:
            if not await may_do(office, seat.staff, Action.SEE_MASKED, one):
                return console.refusal(seat, 403)
            wrong = refused_words(texts, refused) if refused else texts("console.reports.no_line")
            asked = _Asked(given.line, given.ready, given.words, wrong)
            return _opened(console, seat, office, one, asked)
        done = await give_back(office, seat.staff, one, line, words)
        if done is None:
            return console.refusal(seat, 403)
    return await _next(console, seat, f"console.reports.told.{done}")


async def _next(console: Console, seat: Seat, told: str) -> Response:
    """Go to the report that is next in the queue, or back to the empty queue."""
    async with console.database.reading() as reading:
        found = await candidates_in(reading, console.world, seat.staff, console.clock())
    path = f"{PATH}/{found[0].waiting.report.id}" if found else PATH
    return console.to(path, told)


def _line(office: Office, one: Candidate, index: str) -> ReviewLine | None:
    lines = (line for section in sections_of(office, one) for line in lines_in(section))
    return next((line for line in lines if str(line.question.index) == index), None)


def _opened(
    console: Console, seat: Seat, office: Office, one: Candidate, asked: _Asked
) -> Response:
    texts = console.world.texts
    sections = [
        (
            section.title,
            [
                (
                    str(line.question.index),
                    title_of(line.question),
                    veiled(line.question, line.question.value),
                )
                for line in lines_in(section)
            ],
        )
        for section in sections_of(office, one)
    ]
    return console.page(
        seat,
        "report.html",
        status=422 if asked.wrong else 200,
        one=one,
        report=one.waiting.report,
        name=masked_name(one.name),
        sections=[(title, lines) for title, lines in sections if lines],
        doubts=[doubt_words(texts, doubt) for doubt in doubts_of(office, one)],
        doubted={role for found in one.findings for role in found.roles},
        ready=[*ready_questions(texts).items(), (_OWN, texts("console.reports.own_words"))],
        asked=asked,
    )
