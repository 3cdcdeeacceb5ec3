"""Numbers and moments as a bulletin and its pages say them."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.progress.overview import Figures, Overview
from bot.progress.tree import name_of
from bot.texts import Texts
from bot.world import World
from conversations.progress import Interval, Standing


def counted(number: int) -> str:
    """Return 70,000."""
    return f"{number:,}"


def percent(interval: Interval | None) -> str:
    """Return 83.4%, cut and not rounded up: only what is done is 100%."""
    if interval is None:
        return "—"
    return f"{int(interval.rate * 1000 + 1e-9) / 10:.1f}%"


def moment_in_words(texts: Texts, at: datetime, zone: ZoneInfo) -> str:
    """Return 2026年11月27日16时05分, in the stations' time."""
    local = at.astimezone(zone)
    day = {"year": str(local.year), "month": str(local.month), "day": str(local.day)}
    return texts("bulletin.moment", **day, hour=str(local.hour), minute=f"{local.minute:02}")


def day_short(texts: Texts, day: date) -> str:
    """Return 11月27日."""
    return texts("bulletin.day", month=str(day.month), day=str(day.day))


def rank_in_words(texts: Texts, one: Standing) -> str:
    """Return the rank of a place, said to be shared where it is."""
    if not one.rank:
        return texts("bulletin.no_rank")
    return texts("bulletin.tied", rank=str(one.rank)) if one.is_tied else str(one.rank)


def lead(world: World, seen: Overview) -> Sequence[str]:
    """Return the sentences that say how far a place is."""
    texts, own = world.texts, seen.own
    values = {
        "place": name_of(world.places, seen.place_id, texts("bulletin.province")),
        "target": counted(own.target or 0),
        "heads": counted(own.heads),
        "done": counted(own.done(seen.measure)),
        "rate": percent(seen.rate),
    }
    said = [
        texts(f"bulletin.lead_{seen.basis}", **values),
        texts("bulletin.lead_more", **_on(own)),
    ]
    if own.returned or own.rejected:
        said.append(_again(texts, own))
    return said


def _again(texts: Texts, own: Figures) -> str:
    """Return who must report again; what there is none of is not said."""
    returned, rejected = counted(own.returned), counted(own.rejected)
    which = (
        "again" if own.returned and own.rejected else "returned" if own.returned else "rejected"
    )
    return texts(f"bulletin.lead_{which}", returned=returned, rejected=rejected)


def _on(own: Figures) -> dict[str, str]:
    return {
        "verified": counted(own.verified),
        "exported": counted(own.exported),
        "accepted": counted(own.accepted),
        "fresh": counted(own.fresh),
    }
