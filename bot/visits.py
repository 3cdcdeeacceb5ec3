"""Who opened a person's record and when, from the audit, for the person; details stay sealed."""

from typing import Final, get_args

from bot.desk import Desk
from bot.known import Known
from conversations.lobby.records import Deed, Visit, Visitor
from conversations.scope import Action
from storage import audits

_MOST: Final = 12
_DEEDS: Final[dict[str, Deed]] = {
    **{deed: deed for deed in get_args(Deed)},
    str(Action.SEE_WHOLE): "view",
    "ledger.see": "prompts",
}


async def visits_of(desk: Desk, one: Known) -> tuple[Visit, ...]:
    """Return the latest visits to a record, newest first."""
    county = desk.world.places.by_id.get(one.person.county_id or "")
    found = await audits.visits(desk.tx, one.person_id, county.code if county else "", _MOST)
    return tuple(
        Visit(
            visit.at.astimezone(desk.world.zone),
            _visitor(visit, desk.chat.id),
            _DEEDS.get(visit.action, "other"),
        )
        for visit in found
    )


def _visitor(visit: audits.Visit, chat_id: str) -> Visitor:
    kind, _, name = visit.actor.partition(":")
    if kind == "chat":
        return "here" if name == chat_id else "elsewhere"
    if visit.scope.startswith("county:"):
        return "county"
    return "station" if kind == "staff" else "house"
