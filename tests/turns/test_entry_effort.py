"""How much an assisted entry takes: taps and typed characters, counted."""

from bot.messages import Outgoing
from conversations.reply import Reply, Tap, Text
from tests.forms import people as forms
from tests.transcripts.stage import Stage
from tests.turns.calls import phone_at
from tests.turns.office import KNOWN, put_on_roster
from tests.turns.station import TOWNSHIP, Phone, Phones


class CountedPhone(Phone):
    """Counts what its owner does."""

    taps = 0
    characters = 0

    async def take(self, reply: Reply, number: int | None = None) -> Outgoing:
        """Send a reply, and count it."""
        self.taps += isinstance(reply, Tap)
        self.characters += len(reply.text) if isinstance(reply, Text) else 0
        return await super().take(reply, number)


async def _counted(stage: Stage) -> CountedPhone:
    phones = Phones()
    await phone_at(stage, phones, TOWNSHIP, "2001")
    return CountedPhone(stage, phones, "2001")


async def test_a_new_person_takes_26_taps_and_46_characters(stage: Stage) -> None:
    clerk = await _counted(stage)
    await clerk.command("start")
    await clerk.tap("替人填报")
    await clerk.tap("填一个新的人")
    await clerk.tap("打电话，本人说")
    await clerk.fill(forms.FARMING)
    await clerk.tap("都对，提交")
    assert clerk.taps <= 26
    assert clerk.characters <= 46


async def test_somebody_of_the_roster_takes_23_taps_and_25_characters(stage: Stage) -> None:
    await put_on_roster(stage)
    clerk = await _counted(stage)
    await clerk.command("start")
    await clerk.tap("替人填报")
    await clerk.tap(next(label for label in clerk.labels() if "某" in label))
    await clerk.tap("打电话，本人说")
    known = {"name": KNOWN.name, "id_number": KNOWN.id_number, "phone": KNOWN.phone}
    await clerk.fill({**forms.FARMING, **known})
    await clerk.tap("都对，提交")
    assert clerk.taps <= 23
    assert clerk.characters <= 25
