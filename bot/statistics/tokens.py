"""Tokens for other systems: made and ended by staff for places of theirs, and by the operator."""

from datetime import datetime, timedelta
from typing import Final, Literal

from bot.desk import Office
from bot.staff.access import active, is_granted
from bot.statistics.rights import may_see
from bot.world import World
from conversations.scope import Action
from storage import api_tokens
from storage.api_tokens import ApiToken, Made
from storage.staff import Staff
from storage.transaction import Reading

MOST_DAYS: Final = 366
LONGEST_NAME: Final = 60
# The last two: its maker's account is stopped, or may not do this for the place any more.
State = Literal["good", "expired", "revoked", "maker_stopped", "maker_left"]


async def state_of(reading: Reading, world: World, token: ApiToken, now: datetime) -> State:
    """Return whether a token opens anything at this moment, or why not.

    One that somebody of the staff made is as good as what they may do themselves today.
    """
    if token.revoked_at is not None:
        return "maker_stopped" if token.ended_with_maker else "revoked"
    if not token.is_good(now):
        return "expired"
    if not token.maker_id:
        return "good"
    maker = await active(reading, token.maker_id, world.today(now))
    if maker is None:
        return "maker_stopped"
    theirs = may_see(world.places, maker, token.scope_id, Action.API_ACCESS)
    return "good" if theirs else "maker_left"


async def made(office: Office, who: Staff, place_id: str, name: str, days: int) -> Made | None:
    """Make a token for a place; None where the account may not, which the audit keeps.

    Args:
        days: after which it opens nothing any more, 1 to `MOST_DAYS`.
    """
    if not may_see(office.world.places, who, place_id, Action.API_ACCESS):
        await is_granted(office, who, Action.API_ACCESS, None, f"place:{place_id}")
        return None
    about = f"place:{place_id}"
    await is_granted(office, who, Action.API_ACCESS, place_id, about, reason=f"make {name}")
    return await api_tokens.make(
        office.tx,
        scope_id=place_id,
        name=name,
        created_by=f"staff:{who.id}",
        expires_at=office.now + timedelta(days=min(max(days, 1), MOST_DAYS)),
        now=office.now,
    )


async def of_account(reading: Reading, office_places: Office, who: Staff) -> list[ApiToken]:
    """Return the tokens of the places that an account looks after."""
    places = office_places.world.places
    found = await api_tokens.everywhere(reading)
    return [one for one in found if may_see(places, who, one.scope_id, Action.API_ACCESS)]


async def revoked(office: Office, who: Staff, token_id: str) -> bool:
    """End a token of a place of the account's."""
    for one in await of_account(office.tx, office, who):
        if one.id == token_id:
            about = f"place:{one.scope_id}"
            await is_granted(
                office, who, Action.API_ACCESS, one.scope_id, about, reason=f"end {one.name}"
            )
            return await api_tokens.revoke(office.tx, token_id, office.now)
    await is_granted(office, who, Action.API_ACCESS, None, f"token:{token_id[:40]}")
    return False
