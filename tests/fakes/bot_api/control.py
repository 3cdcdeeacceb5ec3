"""A control API for a fake server that runs as a process of its own. JSON in, JSON out.

POST /control/say      {"chat": 7, "text": "你好"}            type and send
POST /control/press    {"chat": 7, "label": "同意"}            tap the newest such button
POST /control/tap      {"chat": 7, "message": 3, "data": "…"}  tap with any data
POST /control/contact  {"chat": 7, "phone": "…", "owner": 8}   share a card ("owner" optional)
POST /control/send     {"chat": 7, "kind": "photo", "content": […]}
POST /control/block    {"chat": 7, "blocked": true}
POST /control/update   {"update_id": …, …}                     any update as it is
POST /control/fault    {"status": 429, "retry_after": 2, "chat": 7, "method": "sendMessage", …}
POST /control/latency  {"ms": 50}
GET  /control/chat/7   what the chat shows, as text; ?as=json with buttons, toasts, keyboard
GET  /control/calls    ?method=sendMessage&chat=7: the calls so far
GET  /control/state    pending and confirmed updates, webhook, commands, violations
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from tests.fakes.bot_api.faults import Fault
from tests.fakes.bot_api.server import BotApi

Act = Callable[[BotApi, dict[str, Any]], int | None]


def add_control(api: BotApi) -> None:
    """Give the server its control routes."""

    async def act(request: web.Request) -> web.Response:
        name, given = request.match_info["act"], await request.json()
        if name not in ACTS:
            return web.json_response({"error": f"no act {name}"}, status=404)
        try:
            return web.json_response({"update_id": ACTS[name](api, given)})
        except (LookupError, TypeError) as error:
            return web.json_response({"error": str(error)}, status=400)

    async def chat(request: web.Request) -> web.Response:
        found = api.world.chat(int(request.match_info["chat"]))
        if request.query.get("as") != "json":
            return web.Response(text=found.transcript() + "\n")
        entries = [asdict(entry) for entry in found.entries.values()]
        return web.json_response(
            {"entries": entries, "toasts": found.toasts, "keyboard": found.reply_keyboard}
        )

    async def calls(request: web.Request) -> web.Response:
        method, number = request.query.get("method"), int(request.query.get("chat", 0))
        found = [call for call in api.world.calls if method in (None, call.method)]
        found = [call for call in found if number in (0, call.given.get("chat_id"))]
        return web.json_response([asdict(call) for call in found])

    async def state(_request: web.Request) -> web.Response:
        world = api.world
        return web.json_response(
            {
                "pending": len(world.pending),
                "confirmed": world.confirmed,
                "webhook": world.hook.url,
                "commands": world.commands,
                "violations": world.violations,
                "deliveries": len(api.deliveries.statuses),
            }
        )

    api.app.router.add_post("/control/{act}", act)
    api.app.router.add_get("/control/chat/{chat}", chat)
    api.app.router.add_get("/control/calls", calls)
    api.app.router.add_get("/control/state", state)


def _fault(api: BotApi, given: dict[str, Any]) -> None:
    api.world.faults.append(Fault(**given))


def _latency(api: BotApi, given: dict[str, Any]) -> None:
    api.world.latency = given["ms"] / 1000


ACTS: dict[str, Act] = {
    "say": lambda api, given: api.person(given["chat"]).say(given["text"]),
    "press": lambda api, given: api.person(given["chat"]).press(given["label"]),
    "tap": lambda api, given: api.person(given["chat"]).tap(given["message"], given["data"]),
    "contact": lambda api, given: api.person(given["chat"]).share_phone(
        given["phone"], owner=given.get("owner")
    ),
    "send": lambda api, given: api.person(given["chat"]).send(given["kind"], given["content"]),
    "block": lambda api, given: api.person(given["chat"]).block(is_blocked=given["blocked"]),
    "update": lambda api, given: api.world.update(**given),
    "fault": _fault,
    "latency": _latency,
}
