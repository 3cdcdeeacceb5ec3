"""Setting up how one signs in: name, password and authenticator, all checked together."""

import base64
from dataclasses import dataclass, field
from typing import Final

from bot.staff.passwords import fault_of, step_of
from bot.staff.signing_in import SignedIn, SigningIn, note, setup_of
from storage import console_links, console_sessions, logins, staff
from storage.logins import Login
from storage.staff import Staff
from storage.vault import Vault

NAME_LENGTHS: Final = range(2, 33)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose, and the first code of their authenticator."""

    name: str = field(repr=False)
    password: str = field(repr=False)
    again: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Faults:
    """What is the matter with it, by field: keys of `console.set_up.wrong_<field>_<fault>`."""

    by_field: dict[str, str]


def secret_of(vault: Vault, token: str) -> str:
    """Return the secret of the authenticator that a link sets up.

    It follows from the link, so that the same picture is shown until the link is used up.
    """
    return base64.b32encode(vault.digest("console.authenticator", token)[:20]).decode()


async def invited(signing_in: SigningIn, token: str) -> Staff | None:
    """Return whose sign-in a link sets up; it is not used up yet."""
    async with signing_in.database.reading() as reading:
        link = setup_of(await console_links.find(reading, token, signing_in.world.clock()))
        found = None if link is None else await staff.get(reading, link.staff_id)
    return None if found is None or found.state == "suspended" else found


async def set_up(signing_in: SigningIn, token: str, chosen: Chosen) -> SignedIn | Faults | None:
    """Let the account of a link sign in this way, and sign it in; None for a used link."""
    if await invited(signing_in, token) is None:
        return None
    database, now = signing_in.database, signing_in.world.clock()
    secret = secret_of(database.vault, token)
    step = step_of(chosen.code, secret, now)
    faults = _faults(chosen)
    if step is None:
        faults["code"] = "code"
    async with database.reading() as reading:
        taken = await logins.named(reading, chosen.name)
        link = await console_links.find(reading, token, now)
    if taken is not None and (link is None or taken.staff_id != link.staff_id):
        faults["name"] = "taken"
    if faults or step is None:
        return Faults(faults)
    password = await signing_in.passwords.hash_of(chosen.password)
    async with database.transaction() as tx:
        used = setup_of(await console_links.use(tx, token, now))
        if used is None:
            return None
        name = chosen.name.strip()
        await logins.put(tx, Login(used.staff_id, name, password, secret, step, now))
        # Somebody without a chat comes in this way.
        await staff.activate(tx, used.staff_id)
        await console_sessions.end_of_staff(tx, used.staff_id)
        await note(tx, f"staff:{used.staff_id}", "set_up", used.staff_id, now)
        return await signing_in.let_in(tx, used.staff_id, "full", now)


async def change_password(signing_in: SigningIn, login: Login, new: str, session: bytes) -> None:
    """Change a password that was checked; every other session of the account ends."""
    password = await signing_in.passwords.hash_of(new)
    now = signing_in.world.clock()
    async with signing_in.database.transaction() as tx:
        await logins.set_password(tx, login.staff_id, password, now)
        await console_sessions.end_of_staff(tx, login.staff_id, but=session)
        await note(tx, f"staff:{login.staff_id}", "password", login.staff_id, now)


def _faults(chosen: Chosen) -> dict[str, str]:
    faults = {}
    name = chosen.name.strip()
    if len(name) not in NAME_LENGTHS or not name.isprintable() or any(c.isspace() for c in name):
        faults["name"] = "shape"
    wrong = fault_of(chosen.password, name)
    if wrong:
        faults["password"] = wrong
    elif chosen.password != chosen.again:
        faults["again"] = "differs"
    return faults
