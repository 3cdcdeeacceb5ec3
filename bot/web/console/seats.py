"""Who sits there: a browser's cookie -> a session -> an account that is in use."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from starlette.requests import Request

from bot.desk import Office
from bot.settings import Settings
from bot.staff.access import account_of, active
from bot.web.console.cookie import token_of
from bot.web.console.sheets import told_of
from bot.web.settings import WebSettings
from bot.world import World
from storage import console_sessions
from storage.console_sessions import Level, Lifetime, Session
from storage.database import Database
from storage.staff import Staff

# To note each click would be a write for each page.
_NOTED: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is signed in, for the length of one request.

    Args of the constructor, where not plain:
        staff: with whom they stand in for today.
        level: what they proved; `link` opens masked work lists only.
        digest: of their session.
        ticket: goes into every form (`{{ parts.ticket(seat) }}`).
        told: key of what the last step told, shown above the page.
        is_part: htmx asks for a part of a page.
    """

    staff: Staff
    level: Level
    digest: bytes = field(repr=False)
    ticket: str = field(repr=False)
    path: str
    told: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """Finds out who sits at a browser."""

    database: Database
    world: World
    web: WebSettings
    lifetime: Lifetime

    def ticket(self, token: str) -> str:
        """Return what the forms of a browser carry: nobody without its cookie can know it."""
        return self.database.vault.digest("console-ticket", token).hex()

    async def find(self, request: Request, *, polls: bool = False) -> Seat | None:
        """Return who sits there; a session whose account is not in use any more ends."""
        token = token_of(request, self.web)
        if not token:
            return None
        now = self.world.clock()
        today = self.world.today(now)
        async with self.database.reading() as reading:
            session = await console_sessions.find(reading, token, now, self.lifetime)
            who = await active(reading, session.staff_id, today) if session else None
        if session is None:
            return None
        is_noted = now - session.seen_at < _NOTED or polls
        if who is None or who.seen_on != today.isoformat() or not is_noted:
            who = await self._note_seen(session, polls=polls)
        if who is None:
            return None
        return self._seat_of(request, session, who, token)

    async def _note_seen(self, session: Session, *, polls: bool) -> Staff | None:
        """Note that somebody came; a session whose account is not in use any more ends."""
        async with self.database.transaction() as tx:
            who = await account_of(Office(tx, self.world, self.world.clock()), session.staff_id)
            if who is None:
                await console_sessions.end_of_staff(tx, session.staff_id)
            elif not polls:
                await console_sessions.touch(tx, session.digest, self.world.clock())
        return who

    def _seat_of(self, request: Request, session: Session, who: Staff, token: str) -> Seat:
        return Seat(
            who,
            session.level,
            session.digest,
            self.ticket(token),
            request.url.path,
            told_of(self.world.texts, request.query_params.getlist("told")),
            "hx-request" in request.headers,
        )


def lifetime_of(settings: Settings) -> Lifetime:
    """Return how long somebody stays signed in."""
    section = settings.console
    return Lifetime(
        timedelta(minutes=section.idle_minutes), timedelta(hours=section.absolute_hours)
    )
