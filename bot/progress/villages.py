"""The villages of one township: their names are sealed, so its people are opened, in a thread."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.world import World
from conversations.progress import Interval, Measure, reached, wilson
from conversations.record import by_role
from conversations.xform.form import Form
from storage import progress
from storage.progress import Village
from storage.reports import ANSWERS as REPORT
from storage.roster import ANSWERS as ROSTER
from storage.transaction import Reading
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class VillageFigures:
    """How far a village is; `name` is "" for those who named none."""

    name: str
    heads: int
    stages: Mapping[str, int]

    def done(self, measure: Measure) -> int:
        """Return how many came so far."""
        return reached(self.stages, measure)

    def rate(self, measure: Measure) -> Interval | None:
        """Return how far it is."""
        return wilson(min(self.done(measure), self.heads), self.heads)


async def villages_of(
    reading: Reading, world: World, township_id: str, cycle: int
) -> list[VillageFigures]:
    """Return the villages of a township by name, those without people among them last."""
    heads: Counter[str] = Counter()
    stages: dict[str, Counter[str]] = {}
    after, today = "", world.today(world.clock())
    while chunk := await progress.of_township(reading, township_id, cycle, today, after):
        after = chunk[-1].person_id
        forms = {
            one: await world.shelf.get(reading, one)
            for one in {person.form_hash for person in chunk if person.form_hash}
        }
        for name, stage in await asyncio.to_thread(_opened, reading.vault, chunk, forms):
            heads[name] += 1
            if stage:
                stages.setdefault(name, Counter())[stage] += 1
    known = dict.fromkeys((*world.places.villages.get(township_id, ()), *sorted(heads)))
    found = [VillageFigures(name, heads[name], stages.get(name, {})) for name in known if name]
    if heads[""]:
        found.append(VillageFigures("", heads[""], stages.get("", {})))
    return sorted(found, key=lambda one: (not one.heads, not one.name))


def _opened(
    vault: Vault, chunk: Iterable[Village], forms: Mapping[str, Form]
) -> list[tuple[str, str | None]]:
    """Return the village and the stage of each; nothing else of a person leaves the thread."""
    found = []
    for one in chunk:
        key = vault.unwrap(one.person_id, one.wrapped)
        known: Mapping[str, str] = {}
        if one.answers is not None and one.form_hash is not None:
            known = by_role(forms[one.form_hash], json.loads(key.open(REPORT, one.answers)))
        elif one.roster_answers is not None:
            known = json.loads(key.open(ROSTER, one.roster_answers))
        found.append((known.get("village", ""), one.stage))
    return found
