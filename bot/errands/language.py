"""The language of a chat: offered, chosen, and kept with the chat from then on."""

from dataclasses import replace

from bot.desk import Desk, Step
from bot.errands.opening import menu, open_state, resume_open
from conversations.lobby.events import LanguageChosen, LanguageOffered
from storage import chats


async def speak(desk: Desk, language: str) -> Desk:
    """Return the desk in this language, kept with the chat; as it is when it is none of ours."""
    if language == desk.chat.language or language not in desk.world.texts.all:
        return desk
    await chats.set_language(desk.tx, desk.chat.id, language)
    chat = replace(desk.chat, language=language)
    return replace(desk, chat=chat, world=desk.world.speaking(language))


async def change_language(desk: Desk, language: str) -> Step:
    """Go on in this language; ask for one when it is none of ours."""
    desk = await speak(desk, language)
    if language != desk.chat.language:
        return Step((LanguageOffered(),), open_state(desk))
    if desk.open is None:
        step = Step((await menu(desk),))
    else:
        step = await resume_open(desk, desk.open)
    events = (LanguageChosen(), *step.events)
    return Step(events, step.interview, language=language)
