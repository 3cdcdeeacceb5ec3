"""The address on a poster: it opens the page, and what it says of the place is asked about."""

from pathlib import Path

from conversations.buttons import decode
from tests.forms import people
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat
from tests.turns.station import TOWNSHIP
from tests.web.client import Client, ticket_in


async def test_a_villages_address_offers_the_village_on_the_page(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    await stage.open()
    try:
        places = stage.world.places
        village = places.villages_of(places.by_id[TOWNSHIP])[0]
        async with Client.of(stage.turns) as client:
            landing = (await client.get(f"/s/{village.code}")).text
            assert f'name="station" value="{village.code}"' in landing
            await client.post("/start", ticket=ticket_in(landing), station=village.code)
            token = next(iter(client.http.cookies.values()))
            await _walk_to(stage, token, "village")
            page = (await client.get("/chat")).text
        assert f"不改：{village.name}" in page
    finally:
        await stage.close()


async def _walk_to(stage: Stage, token: str, question: str) -> None:
    """Answer in the chat behind the page up to a question."""
    chat = Chat(stage, token, "web")
    standing = await stage.turns.standing(chat.address)
    chat.shown += standing.messages
    assert decode(chat.shown[-1].rows[0][0].data) is not None
    await chat.fill(people.FARMING, question)
