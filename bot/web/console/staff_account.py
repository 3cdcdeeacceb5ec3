"""One account below: how it comes in, who stands in for it, and what the level above does."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.staff import deputizing
from bot.staff.coming_in import bring_back, reset_sign_in, take_device
from bot.staff.console_links import address_of
from bot.staff.inviting import renew
from bot.staff.members import stop
from bot.staff.naming import account_below, rights_over
from bot.staff.signing_in import SETUP_LASTS
from bot.web.console.forms import Form
from bot.web.console.frame import Console, Seat
from conversations.leave_days import LONGEST
from conversations.lobby.wishes import tag_of
from conversations.scope import Action
from storage import deputies, logins, staff
from storage.deputies import Deputy
from storage.staff import Staff

STAFF: Final = "/console/staff"
ACCOUNT: Final = "/console/account"
Deed = Callable[[Console, Seat, Office, Staff, Form], Awaitable[Response | str]]


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of one account."""
    deeds: dict[str, Deed] = {
        "suspend": _suspend,
        "resume": _resume,
        "code": _code,
        "reset": _reset,
        "drop": _drop,
        "deputy": _deputy,
        "release": _release,
    }
    return [
        Route(f"{STAFF}/{{tag}}", console.seated(show, may=Action.INVITE)),
        *(
            Route(f"{STAFF}/{{tag}}/{name}", console.seated(_done(deed)), methods=["POST"])
            for name, deed in deeds.items()
        ),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show an account and what may be done about it."""
    async with console.database.transaction() as tx:
        office = console.office(tx)
        one = await account_below(office, seat.staff, request.path_params["tag"])
        if one is None:
            return console.refusal(seat, 404)
        return await _page(console, seat, office, one)


def _done(deed: Deed) -> Callable[[Console, Seat, Request], Awaitable[Response]]:
    """Return the handler of something that is done about an account.

    A deed returns a page, the key of what was done, or "" for what may not be.
    """

    async def handler(console: Console, seat: Seat, request: Request) -> Response:
        form = await console.form(seat, request)
        async with console.database.transaction() as tx:
            office = console.office(tx)
            one = await _whose(office, seat.staff, request.path_params["tag"])
            if one is None:
                return console.refusal(seat, 404)
            done = await deed(console, seat, office, one, form)
        if isinstance(done, Response):
            return done
        if not done:
            return console.refusal(seat, 403)
        is_own = one.id == seat.staff.id
        return console.to(ACCOUNT if is_own else f"{STAFF}/{tag_of(one.id)}", told=done)

    return handler


async def _whose(office: Office, who: Staff, tag: str) -> Staff | None:
    """Return the account that an address names: one below, or the own one for its deputies."""
    return who if tag == tag_of(who.id) else await account_below(office, who, tag)


async def stand_ins(console: Console, office: Office, one: Staff) -> list[tuple[Staff, Deputy]]:
    """Return who stands in for an account, today or later."""
    agreed = await deputies.of_staff(office.tx, one.id, console.world.today(office.now))
    found = [(await staff.get(office.tx, deputy.deputy_id), deputy) for deputy in agreed]
    return [(who, deputy) for who, deputy in found if who is not None]


async def _suspend(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    return "console.staff.told.suspended" if await stop(office, seat.staff, one) else ""


async def _resume(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    made = await bring_back(office, seat.staff, one)
    return _shown(console, seat, one, "console.staff.resumed", made)


async def _code(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    made = await renew(office, seat.staff, one)
    return _shown(console, seat, one, "console.staff.invited", made)


def _shown(
    console: Console, seat: Seat, one: Staff, title: str, made: tuple[str, datetime] | None
) -> Response | str:
    """Show a code, this once; "" where none was made."""
    if made is None:
        return ""
    code, until = made
    return console.page(
        seat,
        "staff_secret.html",
        title=title,
        what="console.staff.code",
        secret=f"/staff {code}",
        until=until,
        back=f"{STAFF}/{tag_of(one.id)}",
    )


async def _reset(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    token = await reset_sign_in(office, seat.staff, one)
    if token is None:
        return ""
    return console.page(
        seat,
        "staff_secret.html",
        title="console.staff.reset_done",
        what="console.staff.setup_link",
        secret=address_of(f"{console.web.public_url}/console", token),
        until=office.now + SETUP_LASTS,
        back=f"{STAFF}/{tag_of(one.id)}",
    )


async def _drop(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    found = await staff.devices(office.tx, one.id)
    chat_id = next((d.chat_id for d in found if tag_of(d.chat_id) == form["device"]), "")
    if not chat_id or not await take_device(office, seat.staff, one, chat_id):
        return ""
    return "console.staff.told.device_dropped"


async def _deputy(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    days = _days(form, console.world.today(office.now))
    if days is None and one.id == seat.staff.id:
        return console.to(ACCOUNT, told="console.staff.told.days_unclear")
    if days is None:
        return await _page(console, seat, office, one, wrong="console.staff.days_unclear")
    found = await deputizing.candidates(office, one)
    deputy = next((other for other in found if tag_of(other.id) == form["deputy"]), None)
    if deputy is None or not await deputizing.agree(office, seat.staff, one, deputy, days):
        return ""
    return "console.staff.told.deputy_set"


async def _release(
    console: Console, seat: Seat, office: Office, one: Staff, form: Form
) -> Response | str:
    today = console.world.today(office.now)
    for agreed in await deputies.of_staff(office.tx, one.id, today):
        if tag_of(agreed.deputy_id) == form["deputy"]:
            if await deputizing.release(office, seat.staff, one, agreed.deputy_id):
                return "console.staff.told.deputy_gone"
            break
    return ""


def _days(form: Form, today: date) -> tuple[date, date] | None:
    """Return first and last day; None when they are none, past, or too many."""
    try:
        first, last = date.fromisoformat(form["from"]), date.fromisoformat(form["until"])
    except ValueError:
        return None
    return (first, last) if today <= first <= last <= today + LONGEST else None


async def _page(
    console: Console, seat: Seat, office: Office, one: Staff, *, wrong: str = ""
) -> Response:
    tx = office.tx
    rights = rights_over(office, seat.staff, one.own)
    may_deputize = Action.DEPUTIZE in rights and one.state == "active"
    return console.page(
        seat,
        "staff_account.html",
        status=422 if wrong else 200,
        one=one,
        path=f"{STAFF}/{tag_of(one.id)}",
        login=await logins.of_staff(tx, one.id),
        devices=await staff.devices(tx, one.id),
        deputies=await stand_ins(console, office, one),
        candidates=await deputizing.candidates(office, one) if may_deputize else [],
        may_stop=Action.SUSPEND in rights,
        may_reset=Action.RESET in rights,
        may_renew=Action.INVITE in rights,
        tag=tag_of,
        wrong=wrong,
    )
