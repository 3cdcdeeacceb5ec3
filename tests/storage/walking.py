"""A random life of a few townships, and a plain model that remembers what should be counted."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.places import load_places
from bot.progress.tree import above_of
from storage import chats, interviews, people, reports, reviews, roster
from storage.database import Database
from storage.interviews import OpenInterview
from storage.roster import Entry
from storage.submissions import submit
from tests.storage.made_up import FORM, id_number, publish, submission

ZONE: Final = ZoneInfo("Asia/Shanghai")
ABOVE: Final = above_of(load_places())
# Two townships of one county, one of another county of the same city, one of another city.
TOWNSHIPS: Final = {"t0001": "k001", "t0002": "k001", "t0018": "k002", "t0104": "k011"}
CYCLE: Final = 2026
_ANSWERS: Final[tuple[reports.State, ...]] = ("accepted", "rejected")
_UPLOADED: Final[tuple[reports.State, ...]] = ("exported", "accepted", "rejected")
_JUDGED: Final[tuple[Literal["verified", "returned"], ...]] = ("verified", "returned")


@dataclass
class One:
    """Somebody of the model: whom the database should hold."""

    serial: int
    person_id: str
    chat: str
    township: str
    report_id: str = ""
    older: str = ""
    is_double: bool = False
    is_away: bool = False


class Walk:
    """Does something at random, to the database and to the model."""

    def __init__(self, database: Database, chance: random.Random, now: datetime) -> None:
        self.database = database
        self.chance = chance
        self.now = now
        self.people: list[One] = []
        self.listed: dict[int, str] = {}
        self.stood: dict[tuple[str, int], tuple[str, str]] = {}
        self.stages: dict[str, Counter[str]] = defaultdict(Counter)
        self.days: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self.placed: dict[str, str] = {}
        self.open: list[tuple[OpenInterview, str]] = []
        self.serials = 0
        self.chats = 0

    def heads(self, place: str) -> int:
        """Return how many should be looked after at a place."""
        return sum(place in ABOVE[one] for one in self.placed.values())

    async def step(self) -> None:
        """Let some hours pass, and something happen."""
        self.now += timedelta(hours=self.chance.randrange(1, 30))
        act = self.chance.choice(
            (
                *(self.report, self.report, self.again, self.again, self.judge, self.judge),
                *(self.upload, self.upload, self.leave, self.erase, self.double, self.list),
                *(self.answer_list, self.tidy, self.next_year, self.answer_late),
                *(self.begin, self.begin, self.stop),
            )
        )
        await act()

    async def report(self) -> None:
        """Somebody new reports."""
        self.serials += 1
        await self._submit(self.serials, self._chat(), self._township(), CYCLE)

    async def again(self) -> None:
        """Somebody reports again, perhaps from elsewhere; whoever had left is back."""
        if one := self._any(lambda one: not one.is_double and not one.older):
            await self._submit(one.serial, one.chat, self._township(), CYCLE, one)

    async def next_year(self) -> None:
        """Somebody reports in the next cycle: where they stood in this one stays."""
        if one := self._any(lambda one: not one.is_double and not one.older and not one.is_away):
            one.older = one.report_id
            await self._submit(one.serial, one.chat, self._township(), CYCLE + 1, one)

    async def answer_late(self) -> None:
        """The platform answers about the cycle before."""
        if one := self._any(lambda one: bool(one.older)):
            stage: reports.State = self.chance.choice(_ANSWERS)
            async with self.database.transaction() as tx:
                await reports.set_state(tx, one.older, stage, self.now)
            township, stood = self.stood[one.person_id, CYCLE]
            if stood != "left_out":
                self._stand(one.person_id, CYCLE, township, stage)

    async def judge(self) -> None:
        """A station looks at a report."""
        if one := self._any(lambda one: bool(one.report_id) and not one.is_away):
            state = self.chance.choice(_JUDGED)
            async with self.database.transaction() as tx:
                done = await reviews.judge(tx, one.report_id, state, "nobody", self.now)
            if done:
                self._reach(one, state)

    async def upload(self) -> None:
        """A report is exported, or the platform answers."""
        if one := self._any(lambda one: bool(one.report_id) and not one.is_away):
            state = self.chance.choice(_UPLOADED)
            async with self.database.transaction() as tx:
                await reports.set_state(tx, one.report_id, state, self.now)
            self._reach(one, state)

    async def leave(self) -> None:
        """Somebody dies, or moves away."""
        if one := self._any(lambda one: not one.is_away):
            async with self.database.transaction() as tx:
                await people.leave_range(tx, one.person_id, "01", "", self.now)
            one.is_away = True
            self._place(one.person_id, None)
            cycle = CYCLE + 1 if one.older else CYCLE
            self._stand(one.person_id, cycle, one.township, "left_out")

    async def erase(self) -> None:
        """Somebody wants to be forgotten."""
        if self.chance.random() < 0.5 and (one := self._any(lambda one: not one.is_double)):
            async with self.database.transaction() as tx:
                await people.erase(tx, one.person_id, "test", self.now)
            self.people.remove(one)
            self._place(one.person_id, None)
            for cycle in (CYCLE, CYCLE + 1):
                self._stand(one.person_id, cycle, "", None)

    async def double(self) -> None:
        """A number that is known is reported from another chat."""
        if one := self._any(lambda one: not one.is_double):
            await self._submit(one.serial, self._chat(), self._township(), CYCLE, is_double=True)

    async def list(self) -> None:
        """Somebody comes onto the roster."""
        self.serials += 1
        township = self._township()
        entry = Entry(
            id_number(self.serials), "", {"name": "某"}, township, TOWNSHIPS[township], 1980, "1"
        )
        async with self.database.transaction() as tx:
            person_id, _ = await roster.add(tx, entry, self.now)
        self.listed[self.serials] = person_id
        self._place(person_id, township)

    async def answer_list(self) -> None:
        """Whoever is on the roster reports from a chat that knows nothing of it."""
        if self.listed:
            serial = self.chance.choice(sorted(self.listed))
            self._place(self.listed.pop(serial), None)
            await self._submit(serial, self._chat(), self._township(), CYCLE)

    async def tidy(self) -> None:
        """Entries that were answered are let go of."""
        async with self.database.transaction() as tx:
            await roster.tidy(tx)

    async def begin(self) -> None:
        """Somebody begins and does not finish: of the roster, or of nobody knows where."""
        async with self.database.transaction() as tx:
            await publish(tx)
            chat, _ = await chats.load_turn(tx, "telegram", self._chat(), self.now)
            listed = self.chance.choice([*self.listed.values(), ""])
            key = await people.key_of(tx, listed) if listed else None
            person_id, key = (listed, key) if key else await people.create(tx, self.now)
            interview = await interviews.start(
                *(tx, chat.id, person_id, key),
                form_hash=FORM,
                purpose="first",
                state="{}",
                now=self.now,
            )
        self.open.append((interview, self.placed.get(person_id, "")))

    async def stop(self) -> None:
        """Somebody does not want to go on."""
        if self.open:
            interview, _ = self.open.pop(self.chance.randrange(len(self.open)))
            async with self.database.transaction() as tx:
                await interviews.close(tx, interview, "stopped", self.now)

    async def _submit(
        self,
        serial: int,
        chat: str,
        township: str,
        cycle: int,
        one: One | None = None,
        *,
        is_double: bool = False,
    ) -> None:
        made = submission(serial, cycle=cycle)
        where = replace(made.projection, township_id=township, county_id=TOWNSHIPS[township])
        async with self.database.transaction() as tx:
            await publish(tx)
            found, _ = await chats.load_turn(tx, "telegram", chat, self.now)
            person_id, key = await people.create(tx, self.now)
            interview = await interviews.start(
                *(tx, found.id, person_id, key),
                form_hash=FORM,
                purpose="first",
                state="{}",
                now=self.now,
            )
            receipt = await submit(tx, interview, replace(made, projection=where), self.now)
        if one is None:
            one = One(serial, receipt.person_id, chat, township, is_double=is_double)
            self.people.append(one)
        if one.person_id != receipt.person_id:
            raise RuntimeError("a report went to somebody else")
        one.report_id, one.township, one.is_away = receipt.report.id, township, False
        if not is_double:
            self._place(one.person_id, township)
        self._stand(one.person_id, cycle, township, "left_out" if is_double else "submitted")

    def _reach(self, one: One, stage: str) -> None:
        cycle = CYCLE + 1 if one.older else CYCLE
        if not one.is_double:
            self._stand(one.person_id, cycle, one.township, stage)

    def _stand(self, person_id: str, cycle: int, township: str, stage: str | None) -> None:
        """Remember where somebody stands in a cycle, and the day of it."""
        before, day = self.stood.pop((person_id, cycle), None), self._day()
        after = None if stage is None else (township, stage)
        if after is not None:
            self.stood[person_id, cycle] = after
        for stood, change in ((before, -1), (after, 1)):
            if stood is not None and cycle == CYCLE and before != after:
                for place in ABOVE[stood[0]]:
                    self.stages[place][stood[1]] += change
                    self.days[place][day, stood[1]] += change

    def _place(self, person_id: str, township: str | None) -> None:
        self.placed.pop(person_id, None)
        if township is not None:
            self.placed[person_id] = township

    def _day(self) -> str:
        day: date = self.now.astimezone(ZONE).date()
        return day.isoformat()

    def _chat(self) -> str:
        self.chats += 1
        return str(self.chats)

    def _township(self) -> str:
        return self.chance.choice(sorted(TOWNSHIPS))

    def _any(self, fits: Callable[[One], bool]) -> One | None:
        found = [one for one in self.people if fits(one)]
        return self.chance.choice(found) if found else None


def shown(days: Mapping[str, Counter[str]]) -> dict[tuple[str, str], int]:
    """Return a trend as the model keeps it, without what cancels out."""
    return {(day, s): n for day, its in days.items() for s, n in its.items() if n}
