"""Who asks at the interface, how often, and about which place."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from starlette.requests import Request

from bot.settings import Settings
from bot.staff.access import above
from bot.statistics.asking import PROVINCE_CODE
from bot.statistics.tokens import state_of
from bot.web.api.problems import ApiProblem
from bot.web.console.sheets import Sheets
from bot.web.limits import Buckets, Limits
from bot.web.refusal import Refusal
from bot.web.settings import Rate
from bot.world import World
from conversations.scope import PROVINCE
from storage import api_tokens, audits
from storage.api_tokens import ApiToken
from storage.database import Database

_SCHEME: Final = "bearer "
_LONGEST: Final = 200
_A_MINUTE: Final = 60
# As the audit names it.
USED: Final = "api.use"


@dataclass(frozen=True, slots=True)
class Api:
    """What all handlers of the interface share.

    Args of the constructor, where not plain:
        pages: draws the page about it.
        sharing: held while it is decided what of a table is shared, which may take seconds of a
            processor: one at a time, so that everybody else is answered meanwhile.
    """

    database: Database
    world: World
    settings: Settings
    pages: Sheets
    limits: Limits
    buckets: Buckets = field(repr=False)
    sharing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def admit(self, request: Request) -> ApiToken:
        """Return the token of a request.

        Raises:
            ApiProblem: there is no good one, or it asked too often.
        """
        secret, now = _bearer(request), self.world.clock()
        with self.limits.admit(request):
            token = await self._good(secret, now) if secret else None
        if token is None:
            raise ApiProblem("token")
        try:
            self.buckets.take(token.id)
        except Refusal as refusal:
            raise ApiProblem("often", wait=refusal.wait) from None
        if token.used_on != self.world.today(now).isoformat():
            await self._note(token)
        return token

    async def _good(self, secret: str, now: datetime) -> ApiToken | None:
        """Return the token of a secret if it opens anything at this moment."""
        async with self.database.reading() as reading:
            token = await api_tokens.find(reading, secret)
            if token is None or await state_of(reading, self.world, token, now) != "good":
                return None
        return token

    async def _note(self, token: ApiToken) -> None:
        """Write the day's first use into the audit."""
        now = self.world.clock()
        async with self.database.transaction() as tx:
            if await api_tokens.note_used(tx, token.id, self.world.today(now)):
                await audits.write(
                    tx,
                    actor=f"token:{token.id}",
                    action=USED,
                    scope=f"place:{token.scope_id}",
                    now=now,
                )

    def place_in(self, token: ApiToken, code: str) -> str:
        """Return the id of the place that a code names; the token's own for "".

        Raises:
            ApiProblem: there is none, or the token is not for it.
        """
        place_id = token.scope_id if not code else self._place_id(code)
        if token.scope_id not in above(self.world.places, place_id):
            raise ApiProblem("scope", field="place")
        return place_id

    def _place_id(self, code: str) -> str:
        if code == PROVINCE_CODE:
            return PROVINCE
        for one in self.world.places.by_id.values():
            if one.code == code:
                return one.id
        raise ApiProblem("field", field="place")


def buckets_of(settings: Settings, clock: Callable[[], float]) -> Buckets:
    """Return how much each token may ask."""
    most = settings.statistics.api_per_minute
    return Buckets(Rate(most, most / _A_MINUTE), clock)


def _bearer(request: Request) -> str:
    """Return the secret in the header; nowhere else is it looked for."""
    given = request.headers.get("authorization", "")
    is_one = given[: len(_SCHEME)].lower() == _SCHEME and len(given) <= _LONGEST
    return given[len(_SCHEME) :].strip() if is_one else ""
