"""The accounts of the staff: who works below, who is let in, who is stopped."""

from typing import Final, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.desk import Office
from bot.staff.accounts import ROLE_AT, Invitation, Invitee
from bot.staff.inviting import LONGEST_NAME, can_invite, let_in, workplace_said
from bot.staff.naming import accounts_below
from bot.web.console import staff_account
from bot.web.console.frame import Console, Seat
from bot.web.console.lists import Page, page_of
from bot.web.console.staff_account import STAFF
from conversations.lobby.wishes import tag_of
from conversations.scope import Action, invites
from storage import logins
from storage.staff import Role, Staff
from storage.transaction import Transaction

_FAULTY: Final = 422
_PAGE: Final = 50
# Who works for the whole province; every other role follows from the place.
_WHOLE: Final[tuple[Role, ...]] = ("province", "operator", "auditor")


def routes(console: Console) -> list[BaseRoute]:
    """Return the pages of the staff."""
    return [
        Route(STAFF, console.seated(show, may=Action.INVITE)),
        Route(f"{STAFF}/invite", console.seated(invite, may=Action.INVITE), methods=["POST"]),
        *staff_account.routes(console),
    ]


async def show(console: Console, seat: Seat, request: Request) -> Response:
    """Show who works below."""
    async with console.database.transaction() as tx:
        return await _list(console, seat, tx, page=request.query_params.get("page", ""))


async def invite(console: Console, seat: Seat, request: Request) -> Response:
    """Make an account and show its code once, or say what is the matter."""
    form = await console.form(seat, request)
    given = {name: form[name] for name in ("where", "role", "name")}
    async with console.database.transaction() as tx:
        office = console.office(tx)
        invitee = _invitee(office, seat.staff, given)
        if invitee is None:
            wrong = "console.staff.where_unknown"
            return await _list(console, seat, tx, given=given, wrong=wrong)
        made = await let_in(office, seat.staff, invitee)
        if made is None:
            return console.refusal(seat, 403)
    return _invited(console, seat, made)


def _invitee(office: Office, who: Staff, given: dict[str, str]) -> Invitee | None:
    """Return whom somebody wants to let in; None for a place that is none of theirs."""
    name = given["name"][:LONGEST_NAME]
    role = next((one for one in _WHOLE if one == given["role"]), None)
    if role is not None and not given["where"]:
        return Invitee(role, None, name)
    place = workplace_said(office, who, given["where"]) if given["where"] else None
    return None if place is None else Invitee(role or ROLE_AT[place.level], place, name)


def _invited(console: Console, seat: Seat, made: Invitation) -> Response:
    return console.page(
        seat,
        "staff_secret.html",
        title="console.staff.invited",
        what="console.staff.code",
        secret=f"/staff {made.code}",
        until=made.expires_at,
        back=f"{STAFF}/{tag_of(made.staff_id)}",
    )


def roles_to_invite(who: Staff) -> list[Role]:
    """Return the roles without a place of their own that somebody may let in."""
    open_to = {role for one in who.mandates for role in invites(one.role)}
    return [role for role in get_args(Role) if role in open_to and role in _WHOLE]


async def _list(
    console: Console,
    seat: Seat,
    tx: Transaction,
    *,
    page: str = "",
    given: dict[str, str] | None = None,
    wrong: str = "",
) -> Response:
    found = await accounts_below(console.office(tx), seat.staff)
    shown: Page[Staff] = page_of(found, page, _PAGE)
    ready = await logins.with_login(tx, [one.id for one in shown.rows])
    return console.page(
        seat,
        "staff.html",
        status=_FAULTY if wrong else 200,
        accounts=shown,
        total=len(found),
        ready=ready,
        tag=tag_of,
        can_invite=can_invite(seat.staff),
        roles=roles_to_invite(seat.staff),
        given=given or {"where": "", "role": "", "name": ""},
        wrong=wrong,
    )
