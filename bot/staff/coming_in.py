"""What the level above decides about how an account comes in: again, by chat, by a new set-up."""

from datetime import datetime

from bot.desk import Office
from bot.staff.access import is_in_charge
from bot.staff.accounts import LASTS, drop_device, resume_in
from bot.staff.signing_in import setup_link_to
from conversations.scope import Action
from storage.staff import Staff


async def bring_back(office: Office, who: Staff, one: Staff) -> tuple[str, datetime] | None:
    """Return a code with which a suspended account is joined again; None when that may not be."""
    if not await is_in_charge(office, who, Action.SUSPEND, one.own):
        return None
    return await resume_in(office.tx, one.id, LASTS, f"staff:{who.id}", office.now)


async def take_device(office: Office, who: Staff, one: Staff, chat_id: str) -> bool:
    """Take a chat away from an account; False when that may not be, or it is none of its."""
    if one.id != who.id and not await is_in_charge(office, who, Action.SUSPEND, one.own):
        return False
    return await drop_device(
        office.tx, office.world, (one.id, chat_id), f"staff:{who.id}", office.now
    )


async def reset_sign_in(office: Office, who: Staff, one: Staff) -> str | None:
    """Return the token of a link to a new set-up; None when that may not be decided.

    Password and authenticator of before work no more, and whoever is signed in is out.
    """
    if one.state == "suspended" or not await is_in_charge(office, who, Action.RESET, one.own):
        return None
    return await setup_link_to(office.tx, one.id, f"staff:{who.id}", office.now)
