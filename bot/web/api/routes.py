"""The addresses of the interface, under /api/v1: reading only, tables as they may be shared."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final, cast

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ExceptionHandler

from bot.settings import Settings
from bot.statistics.asking import (
    DEPTHS,
    Ask,
    Unreadable,
    answer,
    as_shared,
    below,
    layout_of,
    surroundings,
)
from bot.web.api.answers import division, table, tables
from bot.web.api.frame import Api, buckets_of
from bot.web.api.models import Divisions, Months, MonthState
from bot.web.api.openapi import ROOT, document, operations, schemas
from bot.web.api.problems import STATUSES, ApiProblem, answered
from bot.web.api.words import load_words
from bot.web.console.sheets import Sheets
from bot.web.limits import Limits
from bot.web.refusal import Refusal
from bot.web.settings import WebSettings
from bot.web.visitor import names_nothing
from bot.world import World
from storage import statistics
from storage.api_tokens import ApiToken
from storage.database import Database
from storage.errors import StorageError
from storage.vault import content_digest

_JSON: Final = "application/json"
_MONTHS: Final = 7
Handler = Callable[[Api, ApiToken, Request], Awaitable[Response]]


def open_api(
    database: Database,
    world: World,
    settings: Settings,
    web: WebSettings,
    clock: Callable[[], float],
) -> Mount:
    """Return the interface, to be served beside the page.

    Args:
        clock: seconds that never go back, for the limits.
    """
    pages = Sheets.of(world.texts, world.places, world.zone)
    limits, buckets = Limits(web, clock), buckets_of(settings, clock)
    api = Api(database, world, settings, pages, limits, buckets)
    given = {"tables": _tables, "months": _months, "places": _places, "table": _table}
    routes = [Route(one.path, _asked(api, given[one.name])) for one in operations()]
    described = document(web.public_url.rstrip("/"))

    async def show_document(_request: Request) -> Response:
        return Response(json.dumps(described, ensure_ascii=False), media_type=_JSON)

    async def show_docs(_request: Request) -> Response:
        return pages.render(
            "api_docs.html",
            seat=None,
            words=load_words(),
            document=described,
            schemas=schemas(),
            problems=STATUSES,
        )

    routes += [Route("/openapi.json", show_document), Route("/docs", show_docs)]
    app = Starlette(routes=routes, exception_handlers=_handlers())
    return Mount(ROOT, app)


def _asked(api: Api, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if names_nothing(request):
            raise ApiProblem("field")
        return await handler(api, await api.admit(request), request)

    return endpoint


async def _tables(_api: Api, _token: ApiToken, _request: Request) -> Response:
    return _json(tables())


async def _months(api: Api, _token: ApiToken, _request: Request) -> Response:
    async with api.database.reading() as reading:
        found = await statistics.months(reading)
    return _json(
        Months(
            months=tuple(
                MonthState(
                    month=one.month, closed=one.state == "closed", since=one.since.isoformat()
                )
                for one in found
            )
        )
    )


async def _places(api: Api, token: ApiToken, request: Request) -> Response:
    places = api.world.places
    place_id = api.place_in(token, request.query_params.get("place", ""))
    held = tuple(division(places, one.id) for one in below(places, place_id))
    return _json(Divisions(place=division(places, place_id), below=held))


async def _table(api: Api, token: ApiToken, request: Request) -> Response:
    """Answer with a table; one of a closed month can be asked for by its tag."""
    ask_of = _read(request)
    place_id = api.place_in(token, request.query_params.get("place", ""))
    smallest = api.settings.statistics.smallest
    try:
        async with api.database.reading() as reading:
            months = [one.month for one in await statistics.months(reading)]
            ask = ask_of(place_id, months)
            found = await answer(reading, api.world.places, ask)
            around = await surroundings(reading, api.world.places, found)
    except Unreadable as wrong:
        raise ApiProblem("field", field=wrong.field, allowed=wrong.allowed) from None
    async with api.sharing:
        kept = await asyncio.to_thread(as_shared, found, around, smallest)
    given = table(kept, smallest)
    if not found.is_closed:
        return _json(given)
    body = given.model_dump_json().encode()
    tag = f'"{content_digest(body)[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=_JSON)


def _read(request: Request) -> Callable[[str, list[str]], Ask]:
    """Return what makes the question whole, once place and months are known.

    Raises:
        ApiProblem: a parameter cannot be read.
    """
    given, name = request.query_params, request.path_params["name"]
    keep = {}
    for one in given.getlist("keep"):
        dimension, colon, code = one.partition(":")
        if not colon:
            raise ApiProblem("field", field="keep")
        keep[dimension] = code
    depth = given.get("depth", "1")
    if depth not in {str(one) for one in DEPTHS}:
        raise ApiProblem("field", field="depth", allowed=[str(one) for one in DEPTHS])

    def whole(place_id: str, months: list[str]) -> Ask:
        layout = layout_of(name, given.get("rows", ""), given.get("columns", ""), keep)
        month = given.get("month", "") or (months[-1] if months else "")
        return Ask(name, place_id, month, layout, int(depth))

    return whole


def _json(given: BaseModel) -> Response:
    return Response(given.model_dump_json(), media_type=_JSON)


def _handlers() -> dict[type[Exception], ExceptionHandler]:
    async def on_problem(_request: Request, error: Exception) -> Response:
        return answered(cast(ApiProblem, error))

    async def on_refusal(_request: Request, error: Exception) -> Response:
        wait = cast(Refusal, error).wait
        kind = "often" if cast(Refusal, error).status == STATUSES["often"] else "later"
        return answered(ApiProblem(kind, wait=wait))

    async def on_storage_error(_request: Request, _error: Exception) -> Response:
        return answered(ApiProblem("later", wait=10))

    async def on_http_exception(_request: Request, error: Exception) -> Response:
        is_method = cast(HTTPException, error).status_code == STATUSES["method"]
        return answered(ApiProblem("method" if is_method else "path"))

    return {
        ApiProblem: on_problem,
        Refusal: on_refusal,
        StorageError: on_storage_error,
        HTTPException: on_http_exception,
    }
