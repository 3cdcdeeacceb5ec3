"""How the reports of a county's stations came about: counted anew whenever somebody looks."""

from datetime import datetime

from conversations.statistics.quality import Tally
from storage.times import to_micros
from storage.transaction import Reading


async def tallies(reading: Reading, county_id: str, cycle: int, since: datetime) -> list[Tally]:
    """Return what was counted at each township of a county; "" for those who told of none.

    Args:
        since: the beginning of the cycle, for what was held back from exports.
    """
    values = {"county_id": county_id, "cycle": cycle}
    reports = await reading.all("quality.reports", **values)
    minutes = {r["township_id"]: r for r in await reading.all("quality.minutes", **values)}
    reviewed = {r["township_id"]: r for r in await reading.all("quality.reviewed", **values)}
    held_rows = await reading.all("quality.held", county_id=county_id, since=to_micros(since))
    held = {row["township_id"]: row["held"] for row in held_rows}
    found = []
    for row in reports:
        place = row["township_id"]
        review = reviewed.get(place)
        found.append(
            Tally(
                place,
                row["reports"],
                proxy=row["proxy"],
                entered=row["entered"],
                updates=row["updates"],
                unchanged=row["unchanged"],
                minutes=minutes[place]["minutes"] if place in minutes else None,
                held=held.get(place, 0),
                returned=0 if review is None else review["returned"],
                rejected=0 if review is None else review["rejected"],
            )
        )
    return found
