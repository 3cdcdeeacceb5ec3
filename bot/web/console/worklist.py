"""The work list: whom to call or visit, how it ended, and the phone for a reason.

The same functions as at the desk in a chat; what is looked for is kept as a row of the account.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.faces import face_of
from bot.figures import figure
from bot.render.desk.case_words import kind_words, outcome_words, prompted_words, title
from bot.render.desk.worklist import moved_reasons, outcomes
from bot.staff.access import about, acts_for, is_granted
from bot.staff.caselist import Filter, kinds_of, line_of, list_shown
from bot.staff.casework import day_typed, end_case, is_workable, keep_note, opened, took
from bot.staff.revealing import is_reason, reveal
from bot.web.console.frame import Console, Handler, Seat
from bot.web.console.waiting import Waiting
from conversations.cases import DIED_REASON, KINDS, MOVED_REASONS, NEXT, Outcome, offered
from conversations.scope import Action
from storage import cases, saved_filters
from storage.cases import Listed
from storage.transaction import Reading

PATH: Final = "/console/worklist"
_PAGE: Final = 30
_LONGEST: Final = 20


@dataclass(frozen=True, slots=True)
class _Note:
    """What is said above a case that was opened again: a phone, or what is wrong."""

    phone: str = ""
    wrong: str = ""
    words: str = ""


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of this area."""
    one = f"{PATH}/{{case}}"

    def post(path: str, handler: Handler, may: Action = Action.CLOSE) -> Route:
        return Route(path, console.seated(handler, may=may), methods=["POST"])

    return [
        Route(PATH, console.seated(show, "link", may=Action.SEE_LIST)),
        Route(PATH, console.seated(look, "link", may=Action.SEE_LIST), methods=["POST"]),
        Route(one, console.seated(show_one, "link", may=Action.SEE_MASKED)),
        post(f"{one}/take", take),
        post(f"{one}/leave", leave),
        post(f"{one}/outcome", end),
        post(f"{one}/note", note),
        post(f"{one}/phone", show_phone, Action.SEE_WHOLE),
    ]


async def waiting(console: Console, seat: Seat, reading: Reading) -> Sequence[Waiting]:
    """Return how many cases are to be looked at now."""
    if not acts_for(seat.staff, Action.CLOSE):
        return ()
    counted = await kinds_of(reading, console.world, seat.staff, console.clock())
    return (Waiting("worklist", counted.total(), PATH),) if counted else ()


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show a page of the list, the most urgent first."""
    given, who = request.query_params, seat.staff
    kind, kept = given.get("kind", ""), given.get("f", "")
    place = acts_for(who, Action.SEE_LIST)[0].scope_id
    async with console.database.transaction() as tx:
        office = console.office(tx)
        if not await is_granted(office, who, Action.SEE_LIST, place, f"place:{place}"):
            return console.refusal(seat, 403)
    async with console.database.reading() as reading:
        words = ""
        if kept:
            saved = await saved_filters.get(reading, kept, who.id)
            if saved is None:
                return console.refusal(seat, 404)
            words = str(json.loads(saved.filter).get("words", ""))
        page = max(0, _number(given.get("page", "1")) - 1)
        chosen = Filter(kind if kind in KINDS else "", words, page)
        now, world = console.clock(), console.world
        shown = await list_shown(reading, world, who, now, chosen, size=_PAGE)
        counted = await kinds_of(reading, world, who, now)
    texts = console.world.texts
    return console.page(
        seat,
        "worklist.html",
        shown=shown,
        lines=[(line, title(texts, line)) for line in shown.lines],
        kinds=[(one, kind_words(texts, one), counted[one]) for one in KINDS if counted[one]],
        total=counted.total(),
        kept=kept,
    )


async def look(console: Console, seat: Seat, request: Request) -> Response:
    """Keep a village or surname that is looked for, and go where the list is shown."""
    form = await console.form(seat, request)
    kind, words = form["kind"], "".join(form["words"].split())[:_LONGEST]
    query = {"kind": kind} if kind in KINDS else {}
    if words:
        async with console.database.transaction() as tx:
            text = json.dumps({"words": words}, ensure_ascii=False)
            query["f"] = await saved_filters.add(tx, seat.staff.id, text, console.clock())
    return console.to(PATH, **query)


async def show_one(console: Console, seat: Seat, request: Request) -> Response:
    """Show a case, masked."""
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await cases.listed_one(tx, request.path_params["case"])
        if one is None:
            return console.to(PATH, "console.worklist.told.gone")
        return await _opened(console, seat, office, one)


async def take(console: Console, seat: Seat, request: Request) -> Response:
    """Keep a case for this account, unless a colleague works on it."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await cases.listed_one(tx, request.path_params["case"])
        if one is None:
            return console.to(PATH, "console.worklist.told.gone")
        if not await _is_granted(office, seat, Action.CLOSE, one):
            return console.refusal(seat, 403)
        is_mine = await took(office, seat.staff, one)
    path = f"{PATH}/{one.case.id}"
    return console.to(path) if is_mine else console.to(path, "console.worklist.told.taken")


async def leave(console: Console, seat: Seat, request: Request) -> Response:
    """Let others have a case."""
    await console.form(seat, request)
    async with console.database.transaction() as tx:
        await cases.release(tx, request.path_params["case"], seat.staff.id)
    return console.to(PATH)


async def end(console: Console, seat: Seat, request: Request) -> Response:
    """Note how a call or a visit ended, and what follows from it."""
    form = await console.form(seat, request)
    texts, said = console.world.texts, form["outcome"]
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await cases.listed_one(tx, request.path_params["case"])
        if one is None or not is_workable(one.case):
            return console.to(PATH, "console.worklist.told.gone")
        if not await _is_granted(office, seat, Action.CLOSE, one):
            return console.refusal(seat, 403)
        if not await took(office, seat.staff, one):
            return console.to(f"{PATH}/{one.case.id}", "console.worklist.told.taken")
        if said not in offered(one.case.kind):
            wrong = _Note(wrong=texts("console.worklist.no_outcome"))
            return await _opened(console, seat, office, one, wrong)
        outcome = Outcome(said)
        reason = DIED_REASON if outcome is Outcome.DIED else ""
        if outcome is Outcome.MOVED:
            reason = form["moved"] if form["moved"] in MOVED_REASONS else ""
        look_at = day_typed(office, form["day"]) if outcome is Outcome.AGAIN else None
        missing = _missing(outcome, reason, is_dated=look_at is not None)
        if missing or (outcome is Outcome.DIED and not form["sure"]):
            wrong = _Note(wrong=texts(missing or "console.worklist.not_sure"))
            return await _opened(console, seat, office, one, wrong)
        await end_case(office, seat.staff, one.case, outcome, reason=reason, look_at=look_at)
    if NEXT[outcome].effect == "enter":
        return console.to(f"{PATH}/{one.case.id}", "console.worklist.told.enter")
    handed = outcome is Outcome.COUNTY
    return console.to(PATH, f"console.worklist.told.{'handed' if handed else 'kept'}")


async def note(console: Console, seat: Seat, request: Request) -> Response:
    """Keep what a clerk writes about a case."""
    form = await console.form(seat, request)
    words = " ".join(form["words"].split())
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await cases.listed_one(tx, request.path_params["case"])
        if one is None:
            return console.to(PATH, "console.worklist.told.gone")
        if not words:
            return console.to(f"{PATH}/{one.case.id}", "console.worklist.told.no_words")
        if not await keep_note(office, seat.staff, one.case, words):
            return console.refusal(seat, 403)
    return console.to(f"{PATH}/{one.case.id}", "console.worklist.told.noted")


async def show_phone(console: Console, seat: Seat, request: Request) -> Response:
    """Show the phone on this one page, for a reason that the audit keeps."""
    form = await console.form(seat, request)
    reason = form["reason"]
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await cases.listed_one(tx, request.path_params["case"])
        if one is None or one.case.person_id is None:
            return console.to(PATH, "console.worklist.told.gone")
        if not is_reason(reason):
            wrong = _Note(wrong=console.world.texts("console.people.wrong_reason"))
            return await _opened(console, seat, office, one, wrong)
        whole = await reveal(office, seat.staff, one.case.person_id, reason)
        if whole is None:
            return console.refusal(seat, 403)
        return await _opened(console, seat, office, one, _Note(phone=whole.phone))


async def _opened(
    console: Console, seat: Seat, office: Office, one: Listed, said: _Note | None = None
) -> Response:
    """Show a case, if the account may see whom it is about."""
    if not await _is_granted(office, seat, Action.SEE_MASKED, one):
        return console.refusal(seat, 403)
    texts, case, who = console.world.texts, one.case, seat.staff
    face = await face_of(office.tx, console.world, case.person_id)
    line = line_of(who, one, face, office.now)
    is_mine = case.taken_by == who.id
    shown = await opened(office, one, line, face.phone, is_mine=is_mine)
    given = said or _Note()
    return console.page(
        seat,
        "case.html",
        status=422 if given.wrong else 200,
        case=case,
        shown=shown,
        title=title(texts, line),
        kind=kind_words(texts, case.kind),
        prompted=prompted_words(texts, shown.prompted),
        tried=[(one.on, outcome_words(texts, one)) for one in reversed(shown.tried)],
        is_mine=is_mine,
        is_workable=is_workable(case),
        outcomes=outcomes(texts, case.kind),
        moved=[("", texts("console.reports.choose")), *moved_reasons(texts)],
        may_work=bool(acts_for(who, Action.CLOSE)),
        said=given,
    )


async def _is_granted(office: Office, seat: Seat, action: Action, one: Listed) -> bool:
    case = one.case
    whom = about(case.person_id, case.chat_id or "")
    return await is_granted(office, seat.staff, action, case.township_id, whom)


def _missing(outcome: Outcome, reason: str, *, is_dated: bool) -> str:
    """Return the key of what has to be known as well; "" for nothing."""
    if outcome is Outcome.AGAIN and not is_dated:
        return "staff.worklist.day_unclear"
    return "console.worklist.no_reason" if outcome is Outcome.MOVED and not reason else ""


def _number(said: str) -> int:
    return figure(said, 1, most=99_999)
