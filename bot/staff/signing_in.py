"""Signing in to the console: a one-time link opens masked lists, password and code everything.

Whoever fails is told the same in the same time, whether the name, the password or the code was
wrong; a name that nobody has is locked like any other. What was tried stands in the audit.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.desk import Office
from bot.staff.access import active
from bot.staff.passwords import Passwords, new_secret, step_of
from bot.world import World
from storage import attempts, audits, console_links, console_sessions, logins
from storage.console_links import Link
from storage.console_sessions import Level, Lifetime
from storage.database import Database
from storage.logins import Login
from storage.transaction import Transaction

LINK_LASTS: Final = timedelta(minutes=10)
SETUP_LASTS: Final = timedelta(hours=24)
FAILURES: Final = 5
LOCK: Final = timedelta(minutes=15)
LONGEST_LOCK: Final = timedelta(hours=24)
# Failures of one network address an hour: an office shares one.
ADDRESS_FAILURES: Final = 40
_USE: Final = "console"
_LONGEST_TYPED: Final = 200


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody typed, and the network address that they came from."""

    name: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody was let in; the token is for their browser."""

    staff_id: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Somebody was not let in; `until` says how long the name is locked, None that it is not."""

    until: datetime | None = None


class SigningIn:
    """What lets people in; one for a process.

    Tries are taken one after another: the memory that hashes take is bounded, and no try overtakes
    the count of the failures before it.
    """

    def __init__(
        self, database: Database, world: World, lifetime: Lifetime, passwords: Passwords
    ) -> None:
        self.database = database
        self.world = world
        self.passwords = passwords
        self._lifetime = lifetime
        self._lock = asyncio.Lock()

    async def sign_in(self, given: Credentials) -> SignedIn | NotSignedIn:
        """Let somebody in by name, password and code."""
        proved = await self.prove(given)
        if isinstance(proved, NotSignedIn):
            return proved
        async with self.database.transaction() as tx:
            return await self.let_in(tx, proved.staff_id, "full", self.world.clock())

    async def prove(self, given: Credentials) -> Login | NotSignedIn:
        """Return whose name, password and code these are; the code is used up."""
        if max(len(given.name), len(given.password), len(given.code)) > _LONGEST_TYPED:
            return NotSignedIn()
        async with self._lock:
            now = self.world.clock()
            async with self.database.reading() as reading:
                failed = await logins.failures(reading, given.name)
                by_address = await attempts.count(reading, _USE, given.address, now)
                login = await logins.named(reading, given.name)
            if failed is not None and failed.locked_until > now:
                return NotSignedIn(failed.locked_until)
            if by_address >= ADDRESS_FAILURES:
                return NotSignedIn(now + timedelta(hours=1))
            return await self._tried(given, login, now)

    async def _tried(
        self, given: Credentials, login: Login | None, now: datetime
    ) -> Login | NotSignedIn:
        checked = await self.passwords.check(given.password, login.password if login else None)
        secret = login.secret if login else new_secret()
        step = step_of(given.code, secret, now)
        async with self.database.transaction() as tx:
            # Up to here the database is asked the same of every name.
            if login is None or not checked.fits or step is None:
                return await _failed(tx, given, login, now)
            who = await active(tx, login.staff_id, self.world.today(now))
            if who is None or not await logins.use_step(tx, login.staff_id, step):
                return await _failed(tx, given, login, now)
            await logins.forgive(tx, given.name)
            if checked.renewed:
                await logins.set_password(tx, login.staff_id, checked.renewed, login.changed_at)
        return login

    async def enter(self, token: str, inside: str = "") -> SignedIn | None:
        """Let somebody in to the lists by a link, which is used up; None when it does not work.

        Args:
            inside: the account that has this browser already; for its own link no new session.
        """
        now = self.world.clock()
        async with self.database.transaction() as tx:
            found = await console_links.find(tx, token, now)
            if found is None or found.kind != "lists":
                return None
            await console_links.use(tx, token, now)
            if await active(tx, found.staff_id, self.world.today(now)) is None:
                return None
            if found.staff_id == inside:
                return SignedIn(inside, "")
            return await self.let_in(tx, found.staff_id, "link", now)

    async def let_in(
        self, tx: Transaction, staff_id: str, level: Level, now: datetime
    ) -> SignedIn:
        """Begin a session, which the audit keeps."""
        token = await console_sessions.begin(tx, staff_id, level, now, self._lifetime)
        what = "sign_in" if level == "full" else "enter"
        await note(tx, f"staff:{staff_id}", what, staff_id, now)
        return SignedIn(staff_id, token)


async def link_to(office: Office, staff_id: str, actor: str) -> str:
    """Return the token of a link to the lists, in the audit's name of who asked for it."""
    token = await console_links.issue(office.tx, staff_id, "lists", office.now, LINK_LASTS)
    await note(office.tx, actor, "link", staff_id, office.now)
    return token


async def setup_link_to(tx: Transaction, staff_id: str, actor: str, now: datetime) -> str:
    """Return the token of a link to set up signing in; how it was set up before works no more."""
    await forget(tx, staff_id)
    token = await console_links.issue(tx, staff_id, "setup", now, SETUP_LASTS)
    await note(tx, actor, "setup_link", staff_id, now)
    return token


async def forget(tx: Transaction, staff_id: str) -> None:
    """End every session of an account; neither password nor link of it works any more."""
    await logins.drop(tx, staff_id)
    await console_links.drop_of_staff(tx, staff_id)
    await console_sessions.end_of_staff(tx, staff_id)


async def sign_out(office: Office, staff_id: str, session: bytes) -> None:
    """End one session."""
    await console_sessions.end(office.tx, session)
    await note(office.tx, f"staff:{staff_id}", "sign_out", staff_id, office.now)


async def sign_out_everywhere(office: Office, staff_id: str, *, but: bytes | None = None) -> None:
    """End every session of an account, or all but one."""
    await console_sessions.end_of_staff(office.tx, staff_id, but=but)
    await note(office.tx, f"staff:{staff_id}", "sign_out_everywhere", staff_id, office.now)


async def note(tx: Transaction, actor: str, what: str, staff_id: str, now: datetime) -> None:
    """Write a line about somebody's way into the console."""
    scope = f"staff:{staff_id}"
    await audits.write(tx, actor=actor, action=f"console.{what}", scope=scope, now=now)


def setup_of(link: Link | None) -> Link | None:
    """Return a link if it leads to the set-up."""
    return link if link is not None and link.kind == "setup" else None


async def _failed(
    tx: Transaction, given: Credentials, login: Login | None, now: datetime
) -> NotSignedIn:
    """Count a failure, by name and by address."""
    before = await logins.failures(tx, given.name)
    count = (before.count if before else 0) + 1
    until = now + min(LOCK * 2 ** min(count - FAILURES, 10), LONGEST_LOCK)
    is_locked = count >= FAILURES
    await logins.fail(tx, given.name, until if is_locked else now, now)
    await attempts.count_up(tx, _USE, given.address, now)
    await audits.write(
        tx,
        actor=f"staff:{login.staff_id}" if login else "system",
        action="console.sign_in.refused",
        scope=f"staff:{login.staff_id}" if login else "console",
        now=now,
        detail=given.address,
    )
    return NotSignedIn(until if is_locked else None)
