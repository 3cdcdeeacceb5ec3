"""The message of a prompt, by its kind and step; made when it is sent, in the chat's language."""

from datetime import datetime

from bot.channel import Address
from bot.messages import Message
from bot.prompts import follow_up_message, place_values
from bot.reminding.following import Due, rung_of
from bot.render.reminding import prompt_message, unfinished_message
from bot.standing import standing_in
from bot.world import World
from conversations.lobby.wishes import tag_of
from storage import waves
from storage.transaction import Reading


async def message_for(
    reading: Reading, world: World, due: Due, now: datetime
) -> tuple[Message, str]:
    """Return the message, and under which name the ledger notes its wording."""
    reminder, known = due.reminder, due.known
    speaking = world.speaking(known.language)
    tag = tag_of(reminder.person_id)
    if reminder.kind == "unfinished":
        address = Address("telegram", known.address)
        open_now = await standing_in(reading, world, address)
        return unfinished_message(speaking.texts, open_now.messages), "unfinished"
    if reminder.kind == "follow_up" and reminder.wave_id is not None:
        words = await waves.words_of(reading, reminder.wave_id, known.language)
        values = place_values(speaking.texts, world.places, known.place_id)
        has_report = known.facts.reported_cycle is not None
        message = follow_up_message(speaking.texts, words, values, tag, has_report=has_report)
        return message, f"wave:{tag_of(reminder.wave_id)}"
    rung = rung_of(world, reminder)
    wording = rung.wording if rung is not None and rung.wording else "yearly"
    today = now.astimezone(world.zone).date()
    return prompt_message(speaking.texts, tag, today, wording), f"{wording}@{reminder.ladder}"
