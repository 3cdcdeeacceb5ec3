"""One of everything that the console knows, planted in 稷山县 (k065) and 西社镇 (t0727)."""

from dataclasses import dataclass, field

from bot.exporting.jobs import work_off as make_batches
from bot.rosters.working import work_off as work_rosters
from conversations.lobby.wishes import tag_of
from storage import api_tokens, cases, identities, reports, subscriptions, waves, wordings
from storage.people import key_of
from storage.subscriptions import Subscription
from tests.console.house import House, Visitor, visiting
from tests.console.test_roster import brought, checked, gone_to
from tests.console.test_templates import uploaded
from tests.export.people import records
from tests.export.platform import platform_template
from tests.exporting.county import County, at_home
from tests.forms.people import EMPLOYED_AWAY, FARMING
from tests.platform.county import TITLES
from tests.rosters.files import PEOPLE, row
from tests.staff.matrix import COUNTY, OWN
from tests.tables.files import xlsx_of
from tests.turns.chat import Chat

FOLLOW_UPS = "/console/followups"


@dataclass(frozen=True)
class Planted:
    """What there is, by the names that addresses and forms have for it.

    Args of the constructor:
        paths: what stands in an address in the place of a name, by the route and the name.
        fields: what a form of another place could name.
        secrets: what may stand on no page that is not opened for a reason.
    """

    paths: dict[tuple[str, str], str]
    fields: dict[str, str]
    secrets: tuple[str, ...] = field(repr=False)

    def address(self, route: str) -> str:
        """Return a route with the planted ids in the place of its names."""
        for (start, name), value in self.paths.items():
            if route.startswith(start):
                route = route.replace(f"{{{name}}}", value)
        return route.replace("{rest:path}", "nothing")


async def planted(house: House) -> Planted:
    """Plant one of everything, as the clerks of the place would."""
    made = _Making(house)
    person, report = await made.people()
    case, refused = await made.cases(person)
    async with _clerk(house, "station") as station:
        draft, wave = await made.follow_up(station)
    async with _clerk(house, "county") as clerk:
        roster, upload = await made.roster(clerk)
        waiting = await brought(clerk, house, row(PEOPLE[5]))
        mapping = (await uploaded(clerk, platform_template())).rpartition("/")[2]
        batch, held = await made.batch(clerk)
        answer = await made.answer(clerk)
        kept = await clerk.post("/console/people", {"name": EMPLOYED_AWAY["name"]})
        filter_id = kept.headers["location"].partition("f=")[2]
        text = await made.wording()
    token = await made.token()
    tag = tag_of(house.staff_ids["station"])
    paths = {
        ("/console/worklist", "case"): case,
        ("/console/reports", "report"): report,
        ("/console/people", "person"): person,
        ("/console/followups", "draft"): draft,
        ("/console/followups", "wave"): wave,
        ("/console/roster", "import_id"): roster,
        ("/console/roster", "upload_id"): upload,
        ("/console/exports", "batch"): batch,
        ("/console/templates", "mapping"): mapping,
        ("/console/answers/open", "report_id"): refused,
        ("/console/answers", "import_id"): answer,
        ("/console/staff", "tag"): tag,
    }
    fields = {
        "f": filter_id,
        "report": report,
        "person": held,
        "draft": draft,
        "key": text,
        "token": token,
        "import": waiting.rpartition("/")[2],
    }
    whole = (*EMPLOYED_AWAY.values(), *FARMING.values())
    kinds = {EMPLOYED_AWAY[one] for one in ("name", "id_number", "phone")}
    kinds |= {FARMING[one] for one in ("name", "id_number", "phone")}
    named = {one for each in PEOPLE[:6] for one in (each.name, each.id_number, each.phone)}
    named |= {made.held_record[one] for one in ("name", "id_number")}
    return Planted(paths, fields, tuple(sorted((kinds & {*whole}) | named)))


def _clerk(house: House, role: str) -> "_Sitting":
    return _Sitting(house, role)


class _Sitting:
    """A clerk at the console for a while."""

    def __init__(self, house: House, role: str) -> None:
        self._house, self._role = house, role

    async def __aenter__(self) -> Visitor:
        token = await self._house.session(self._house.staff_ids[self._role])
        self._visiting = visiting(self._house, token)
        return await self._visiting.__aenter__()

    async def __aexit__(self, *what: object) -> None:
        await self._visiting.__aexit__(None, None, None)


@dataclass
class _Making:
    house: House
    held_record: dict[str, str] = field(default_factory=dict)

    async def people(self) -> tuple[str, str]:
        """Let two people report; return the first with their report."""
        stage = self.house.stage
        await Chat(stage).report(EMPLOYED_AWAY)
        await Chat(stage, "1002").report(FARMING)
        async with stage.database.transaction() as tx:
            person = await identities.find(tx, EMPLOYED_AWAY["id_number"])
            assert person is not None
            key = await key_of(tx, person)
            assert key is not None
            report = await reports.latest(tx, person, key)
        assert report is not None
        return person, report.id

    async def cases(self, person: str) -> tuple[str, str]:
        """Open a case of the work list, and one of a report that the platform refused.

        Returns:
            The case of the work list, and the report.
        """
        stage = self.house.stage
        async with stage.database.transaction() as tx:
            other = await identities.find(tx, FARMING["id_number"])
            assert other is not None
            case, _ = [
                await cases.open(tx, kind=kind, township_id=OWN, person_id=who, now=stage.clock())
                for kind, who in (("unreachable", person), ("rejected", other))
            ]
            key = await key_of(tx, other)
            assert key is not None
            report = await reports.latest(tx, other, key)
        assert report is not None
        return case, report.id

    async def follow_up(self, clerk: Visitor) -> tuple[str, str]:
        """Put a follow-up together, and start another one."""
        chosen = {"status": "1", "wording": "prompt.other", "scope": OWN}
        await clerk.get(f"{FOLLOW_UPS}/new")
        draft, other = [
            (await clerk.post(f"{FOLLOW_UPS}/new", chosen)).headers["location"].rpartition("/")[2]
            for _ in range(2)
        ]
        begun = await clerk.post(f"{FOLLOW_UPS}/start", {"draft": other})
        wave = begun.headers["location"].partition("?")[0].rpartition("/")[2]
        async with self.house.stage.database.reading() as reading:
            assert await waves.get(reading, wave) is not None
        return draft, wave

    async def roster(self, clerk: Visitor) -> tuple[str, str]:
        """Bring a roster in and have its refused rows as a file."""
        await clerk.get("/console/roster")
        bad = row(PEOPLE[2], township="没有这个")
        path = await brought(clerk, self.house, row(PEOPLE[0]), row(PEOPLE[1]), bad)
        await checked(clerk, self.house, path)
        await gone_to(clerk, self.house, path, "taking")
        ready = await clerk.post(f"{path}/result", {"result-reason": "改好再传"})
        upload = ready.text.partition(f"{path}/file/")[2].partition('"')[0]
        return path.rpartition("/")[2], upload

    async def batch(self, clerk: Visitor) -> tuple[str, str]:
        """Make a batch that waits to be taken, with somebody who was held back."""
        county = County(self.house.stage, [self.house.staff_ids["county"]])
        await county.plant(1)
        self.held_record = {**at_home(records(2))[1], "ethnicity": ""}
        held, _ = await county.report(self.held_record)
        await clerk.get("/console/exports")
        asked = await clerk.post(
            "/console/exports", {"county": COUNTY, "what": "changed", "why": "导入"}
        )
        await make_batches(county.shop())
        return asked.headers["location"].partition("?")[0].rpartition("/")[2], held

    async def answer(self, clerk: Visitor) -> str:
        """Bring a file of the platform in."""
        content = xlsx_of([list(TITLES), ["3", "某某", "1", "成功", ""]])
        await clerk.get("/console/answers")
        given = await clerk.post(
            "/console/answers/upload", {"scope": COUNTY}, file=("回执.xlsx", content)
        )
        await work_rosters(self.house.stage.database, self.house.stage.world)
        return str(given.headers["location"]).rpartition("/")[2]

    async def wording(self) -> str:
        """Write a text that the county has to judge."""
        async with _clerk(self.house, "station") as station:
            await station.get(f"{FOLLOW_UPS}/texts")
            words = "请您更新一下就业信息，谢谢。"
            await station.post(f"{FOLLOW_UPS}/texts", {"scope": OWN, "words": words})
        async with self.house.stage.database.reading() as reading:
            written = await wordings.of_scopes(reading, [OWN])
        return written[0].key

    async def token(self) -> str:
        """Make a token of the county, and let somebody have its bulletin."""
        now, staff_id = self.house.stage.clock(), self.house.staff_ids["county"]
        async with self.house.stage.database.transaction() as tx:
            await subscriptions.put(tx, Subscription(staff_id, COUNTY, 0, 9), now)
            made = await api_tokens.make(
                tx,
                scope_id=COUNTY,
                name="就业平台",
                created_by=f"staff:{staff_id}",
                expires_at=now.replace(year=now.year + 1),
                now=now,
            )
        return made.id
