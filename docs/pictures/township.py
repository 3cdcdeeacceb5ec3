"""A township of made-up people: with a chat and a report of last year, or only on the roster."""

import os
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import Final

from bot.config import load_settings
from bot.opening import opened
from bot.submitting import projection_of, stamps
from bot.world import World
from conversations.buttons import Verb
from conversations.course import ReportSubmitted
from conversations.record import by_role
from storage import chats, interviews, people, reviews, roster
from storage.people import Due
from storage.roster import Entry
from storage.submissions import Submission, submit
from storage.transaction import Transaction
from tests.conversations.talk import Talk
from tests.forms.people import EMPLOYED_AWAY, FARMING
from tests.identities import Identity, identities
from tests.whole.program import Program

TOWNSHIP: Final = "t0679"
COUNTY: Final = "k061"
CITY: Final = "c08"
VILLAGES: Final = ("西王村", "东庄村", "南河村", "北杨村")
FIRST_CHAT: Final = 300_001


async def populate(program: Program, with_chat: int, on_roster: int) -> range:
    """Fill the database of a program that is not running; return the ids of the chats."""
    everybody = identities(seed=7, oldest=date(1968, 1, 1), youngest=date(2004, 12, 31))
    now = datetime.now(UTC)
    settings = load_settings(program.environment | {"XIANGWEN_CONFIG": os.devnull})
    async with opened(settings) as parts, parts.database.transaction() as tx:
        for serial, (one, village) in enumerate(
            zip(islice(everybody, with_chat), cycle(VILLAGES), strict=False)
        ):
            home = (TOWNSHIP, village, FIRST_CHAT + serial)
            await reported(tx, parts.world, one, home, now - timedelta(days=395))
        for one, village in zip(islice(everybody, on_roster), cycle(VILLAGES), strict=False):
            await roster.add(tx, _entry(one, village), now)
    return range(FIRST_CHAT, FIRST_CHAT + with_chat)


async def reported(
    tx: Transaction, world: World, one: Identity, home: tuple[str, str, int], at: datetime
) -> None:
    """Let somebody have reported then, and the station have verified it.

    Args:
        home: the township, the village, and the id of the chat.
    """
    township, village, chat_id = home
    chat, _ = await chats.load_turn(tx, "telegram", str(chat_id), at)
    person_id, key = await people.create(tx, at)
    begun = await interviews.start(
        tx,
        chat.id,
        person_id,
        key,
        form_hash=world.shelf.hash,
        purpose="first",
        state="{}",
        now=at,
    )
    answers = _answers(world, one, (township, village), at, is_away=chat_id % 3 > 0)
    submission = Submission(
        answers=answers,
        id_number=one.id_number,
        informant_relation="0",
        collection_method="1",
        projection=projection_of(by_role(world.shelf.current, answers), at.date()),
        due=Due(at.date() + timedelta(days=365), 0),
        plans=(),
    )
    submitted = await submit(tx, begun, submission, at)
    await reviews.judge(tx, submitted.report.id, "verified", "", at)


def _answers(
    world: World, one: Identity, home: tuple[str, str], at: datetime, *, is_away: bool
) -> dict[str, str]:
    """Answer the whole interview, as somebody who works away or at home."""
    said = {
        **(EMPLOYED_AWAY if is_away else FARMING),
        **{"name": one.name, "id_number": one.id_number, "phone": one.phone},
        **{"county": COUNTY, "township": home[0], "village": home[1]},
    }
    form = world.shelf.current
    talk = Talk(form, world.setting(at)).walk(said)
    talk.press(Verb.SUBMIT)
    (submitted,) = talk.events(ReportSubmitted)
    answers = dict(submitted.answers)
    stamped = stamps(world, at, by_role(form, answers))
    return answers | {form.roles[role]: value for role, value in stamped.items()}


def _entry(one: Identity, village: str) -> Entry:
    known = {
        **{"name": one.name, "id_number": one.id_number, "phone": one.phone},
        **{"city": CITY, "county": COUNTY, "township": TOWNSHIP, "village": village},
    }
    return Entry(
        one.id_number,
        one.phone,
        known,
        TOWNSHIP,
        COUNTY,
        one.birth_date.year,
        one.gender,
    )
