"""The HTTP side of the fake: every call checked, logged, delayed, made to fail, or carried out."""

import asyncio
import random
import time
from contextlib import suppress
from typing import Any

from aiohttp import web

from tests.fakes.bot_api import check
from tests.fakes.bot_api.methods import METHODS
from tests.fakes.bot_api.person import Person
from tests.fakes.bot_api.refusal import Refusal
from tests.fakes.bot_api.updates import Deliveries
from tests.fakes.bot_api.world import TOKEN, Call, World


class BotApi:
    """A server for one bot. `async with BotApi() as api:` starts it on a random port."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        latency: float = 0.0,
        disorder: random.Random | None = None,
    ) -> None:
        self.world = World(token)
        self.world.latency = latency
        self.deliveries = Deliveries(self.world, disorder)
        self.app = web.Application(client_max_size=60_000_000)
        self.app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._answer)
        self.app.router.add_get("/file/bot{token:[^/]+}/voice/{sound}", self._download)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._delivering: asyncio.Task[None] | None = None
        self._polling: asyncio.Task[Any] | None = None

    async def __aenter__(self) -> "BotApi":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def base_url(self) -> str:
        """As python-telegram-bot's base_url: the token is put behind it."""
        return f"http://127.0.0.1:{self._port}/bot"

    @property
    def base_file_url(self) -> str:
        """As python-telegram-bot's base_file_url."""
        return f"http://127.0.0.1:{self._port}/file/bot"

    async def start(self) -> None:
        """Listen; after `stop` on the same port again."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._delivering = asyncio.create_task(self.deliveries.run())

    async def stop(self) -> None:
        """Become unreachable; what is known stays known."""
        if self._delivering is not None:
            self._delivering.cancel()
            with suppress(asyncio.CancelledError):
                await self._delivering
        if self._runner is not None:
            await self._runner.cleanup()

    def person(self, number: int) -> Person:
        """Return a person with a private chat of this id."""
        return Person(self.world, self.world.chat(number))

    def calls(self, method: str, chat: int = 0) -> list[Call]:
        """Return the calls of one method, about one chat if it is given."""
        return [
            call
            for call in self.world.calls
            if call.method == method and chat in (0, call.given.get("chat_id"))
        ]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given: dict[str, Any] = {}
        try:
            result = await self._carry_out(request, method, given)
        except ConnectionAbortedError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        except Refusal as refusal:
            self._log(method, given, refusal.status)
            return _refused(refusal)
        self._log(method, given, 200)
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.sounds.get(request.match_info["sound"])
        is_known = content is not None and request.match_info["token"] == self.world.token
        return web.Response(body=content) if is_known else web.Response(status=404)

    async def _carry_out(self, request: web.Request, method: str, given: dict[str, Any]) -> Any:
        world = self.world
        if request.match_info["token"] != world.token:
            raise Refusal(401, "Unauthorized")
        given.update(self._checked(method, await _given(request)))
        if world.latency:
            await asyncio.sleep(world.latency)
        fault = next((f for f in world.faults if f.concerns(method, given)), None)
        if fault is not None and not fault.takes:
            await fault.strike()
        work = METHODS[method](world, given)
        result = await (self._alone(work) if method == "getUpdates" else work)
        if fault is not None and fault.takes:
            await fault.strike()
        return result

    def _checked(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        try:
            return check.parameters(method, given)
        except Refusal as refusal:
            self.world.violations.append(f"{method}: {refusal.description}")
            raise

    async def _alone(self, work: Any) -> Any:
        # A second getUpdates ends the first one, as Telegram does it.
        if self._polling is not None and not self._polling.done():
            self._polling.cancel()
        mine = self._polling = asyncio.ensure_future(work)
        try:
            return await mine
        except asyncio.CancelledError:
            if self._polling is mine:
                mine.cancel()
                raise
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            ) from None

    def _log(self, method: str, given: dict[str, Any], status: int) -> None:
        self.world.calls.append(Call(method, given, status, time.monotonic()))


async def _given(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given.update(await request.json())
    else:
        given.update(await request.post())
    return given


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.status)
