"""The way from a desk in a chat to the console: one-time links, for the own account only.

An account that never chose a password may do so from its chat, once. Later only the level above
lets it begin anew: whoever finds a phone must not be able to change the password with it.
"""

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.staff.signing_in import LINK_LASTS, SETUP_LASTS, link_to, setup_link_to
from conversations.desk_errands import DeskErrand
from conversations.lobby.console import ConsoleLinked, SetupRefused
from storage import logins
from storage.desks import DeskState
from storage.staff import Staff

SET_UP = "set"


async def act(desk: Desk, who: Staff, errand: DeskErrand) -> Step | None:
    """Give a link; None where there is no console."""
    if not desk.world.console_url or who.viewer_id:
        return None
    has_login = await logins.of_staff(desk.tx, who.id) is not None
    if errand.step != SET_UP:
        token = await link_to(desk, who.id, f"staff:{who.id}")
        until = desk.now + LINK_LASTS
    elif has_login:
        return Step((SetupRefused(),), open_state(desk))
    else:
        token = await setup_link_to(desk.tx, who.id, f"staff:{who.id}", desk.now)
        until = desk.now + SETUP_LASTS
    linked = ConsoleLinked(
        address_of(desk.world.console_url, token),
        until.astimezone(desk.world.zone),
        is_setup=errand.step == SET_UP,
        can_set_up=not has_login,
    )
    return Step((linked,), open_state(desk))


async def typed(desk: Desk, who: Staff, state: DeskState, text: str) -> Step | None:
    """Take no words: this area waits for none."""
    return None


def address_of(console_url: str, token: str) -> str:
    """Return the address of a link: what stands behind # is sent to no server."""
    return f"{console_url}/enter#{token}"
