"""Another system, which reads figures by the interface."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.settings import Settings
from bot.settings_staff import StatisticsSection
from bot.statistics.making import keep_up
from bot.web.api.routes import open_api
from bot.web.settings import WebSettings
from bot.world import World
from storage import api_tokens
from storage.database import Database
from tests.statistics.crowd import NOW, at, crowd, keep, world_of
from tests.web.client import SECRET

ROOT = "/api/v1"


@dataclass
class Caller:
    """Another system, with its token."""

    http: httpx.AsyncClient
    database: Database
    world: World
    token_id: str
    headers: dict[str, str]

    async def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for something."""
        return await self.http.get(ROOT + path, headers={**self.headers, **headers})

    async def read(self, path: str) -> Any:
        """Ask for something that is there; return what it says."""
        found = await self.get(path)
        assert found.status_code == 200, found.text
        return found.json()


@asynccontextmanager
async def calling(
    database: Database,
    scope_id: str = "c08",
    *,
    people: int = 150,
    per_minute: int = 600,
    now: datetime = NOW,
) -> AsyncIterator[Caller]:
    """Lend a caller whose token is for a place; the month before `now` is counted."""
    world = await world_of(database)
    await keep(database, crowd(people), world.shelf.hash)
    await keep_up(database, world)
    world = at(world, now)
    await keep_up(database, world)
    settings = Settings(statistics=StatisticsSection(api_per_minute=per_minute))
    web = WebSettings("http://here.test", SECRET)
    app = Starlette(routes=[open_api(database, world, settings, web, lambda: 0.0)])
    async with database.transaction() as tx:
        token = await api_tokens.make(
            tx,
            scope_id=scope_id,
            name="就业平台",
            created_by="command:tests",
            expires_at=now + timedelta(days=30),
            now=now,
        )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here.test") as http:
        headers = {"Authorization": f"Bearer {token.secret}"}
        yield Caller(http, database, world, token.id, headers)
