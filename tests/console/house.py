"""The console on a real database, with staff of every role, and a visitor who is signed in.

The staff work where tests/staff/matrix.py has them: the station in 西社镇 (t0727), the county in
稷山县 (k065), the city in 运城 (c08), everybody else over the province.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.settings import Settings
from bot.staff.passwords import Passwords
from bot.web.app import create_web
from bot.web.console.cookie import cookie_name
from bot.web.console.frame import Console
from bot.web.console.routes import open_console
from bot.web.settings import WebSettings
from storage import audits, console_sessions, staff
from storage.audits import Entry
from storage.console_sessions import Level
from storage.staff import Role
from tests.staff.matrix import ROLES, SCOPES
from tests.transcripts.stage import MORNING, Stage
from tests.web.client import PAGES, SECRET

# What hashes cost is argon2's own affair; the tests make many.
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
HERE = "http://console.test"


@dataclass
class House:
    """One program with its database, and the ids of its staff by role."""

    stage: Stage
    console: Console
    web: Starlette
    staff_ids: dict[str, str] = field(default_factory=dict)

    async def add_staff(
        self, role: Role, scope_id: str, name: str = "", *, active: bool = True
    ) -> str:
        """Make an account; return its id."""
        now = self.stage.clock()
        async with self.stage.database.transaction() as tx:
            staff_id, _ = await staff.invite(
                tx, role=role, scope_id=scope_id, name=name, expires_at=now, now=now
            )
            if active:
                await staff.activate(tx, staff_id)
        return staff_id

    async def session(self, staff_id: str, level: Level = "full") -> str:
        """Sign somebody in; return the token of their browser."""
        async with self.stage.database.transaction() as tx:
            lifetime = self.console.lifetime
            return await console_sessions.begin(tx, staff_id, level, self.stage.clock(), lifetime)

    def wait(self, **span: float) -> None:
        """Let time go by: `wait(minutes=31)`."""
        self.stage.clock.now += timedelta(**span)

    async def audit(self) -> list[Entry]:
        """Return all lines of the audit, the oldest first."""
        async with self.stage.database.reading() as reading:
            return await audits.since(reading, MORNING - timedelta(days=400))


@dataclass
class Visitor:
    """A browser without a window: its cookies, and the ticket of the last page it saw."""

    http: httpx.AsyncClient
    house: House
    ticket: str = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        answer = await self.http.get(path, headers={"Sec-Fetch-Site": "same-origin", **headers})
        self._note(answer)
        return answer

    async def post(
        self, path: str, fields: dict[str, Any] | None = None, **files: tuple[str, bytes]
    ) -> httpx.Response:
        """Send a form of the last page, its ticket with it; `files` are (name, content) by field.

        A redirect is not followed.
        """
        given = {"ticket": self.ticket, **(fields or {})}
        answer = await self.http.post(
            path,
            data=given,
            files=files or None,
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        self._note(answer)
        return answer

    async def done(
        self, path: str, fields: dict[str, Any] | None = None, **files: tuple[str, bytes]
    ) -> str:
        """Send a form that must be taken; return the page that it leads to."""
        answer = await self.post(path, fields, **files)
        assert answer.status_code == 303, (answer.status_code, answer.text)
        return (await self.get(answer.headers["location"])).text

    def _note(self, answer: httpx.Response) -> None:
        found = re.search(r'name="ticket" value="([^"]+)"', answer.text)
        self.ticket = unescape(found[1]) if found else self.ticket


@asynccontextmanager
async def opened_house(
    folder: Path, url: str = "", settings: Settings | None = None, here: str = HERE
) -> AsyncIterator[House]:
    """Open a program whose staff are there, one of each role."""

    async def ready() -> str | None:
        return None

    stage = Stage(folder, url)
    await stage.open()
    web_settings = WebSettings(here, SECRET)
    console = open_console(
        stage.database,
        stage.world,
        settings or Settings(),
        web_settings,
        clock=monotonic,
        passwords=QUICK,
    )
    web = create_web(stage.turns, web_settings, PAGES, ready, console=console)
    house = House(stage, console, web)
    for role in ROLES:
        name = f"测试{ROLES.index(role)}"
        house.staff_ids[role] = await house.add_staff(role, SCOPES[role], name)
    try:
        yield house
    finally:
        await stage.close()


@asynccontextmanager
async def visiting(house: House, token: str = "") -> AsyncIterator[Visitor]:
    """Return a browser, with the token of a session where there is one."""
    transport = httpx.ASGITransport(house.web)
    here = house.console.web.public_url
    async with httpx.AsyncClient(transport=transport, base_url=here) as http:
        visitor = Visitor(http, house)
        if token:
            http.cookies.set(cookie_name(house.console.web), token)
            await visitor.get("/console")
        yield visitor
