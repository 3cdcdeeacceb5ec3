"""The preview of a follow-up: counted beside the turns, for a county takes seconds to count.

The turn says that it is being counted and commits. Counting only reads, so nobody's writing waits
for it; what it comes to is brought as a message of its own, or on the page under the answer.
"""

from datetime import datetime

from bot.messages import Message
from bot.render.turn import render
from bot.staff.followups_choosing import Preview, preview_of, sweep
from bot.staff.followups_draft import Draft, codes_in_words, draft_in
from bot.staff.followups_wordings import ready, words_named
from bot.world import World
from conversations.lobby.followups import PreviewShown
from storage import chats, desks
from storage.database import Database
from storage.outbox import Post
from storage.transaction import Reading


def count_of(draft: Draft, staff_id: str) -> Post:
    """Return what asks for the preview of a draft as it is now."""
    return Post("counted", draft.number, about=staff_id)


async def brought(
    database: Database, world: World, chat_id: str, post: Post
) -> tuple[Message, ...]:
    """Return the preview that was asked for, as a message of its own."""
    events = await counted(database, world, chat_id, post)
    return render(events, world.texts, None, tapped=False).messages


async def counted(
    database: Database, world: World, chat_id: str, post: Post
) -> tuple[PreviewShown, ...]:
    """Return the preview that was asked for; nothing when the draft is another one by now."""
    now = world.clock()
    async with database.reading() as reading:
        draft = await _draft(reading, chat_id, post)
        if draft is None:
            return ()
        words = await words_named(reading, world, draft.scope_id, draft.wording)
        text = ready(world, draft.scope_id, draft.filter, words, now=now)
        if not text.words or text.faults:
            return ()
        sifted = await sweep(reading, world, draft.scope_id, draft.filter, now)
    return (_shown(world, draft, preview_of(world, sifted, text.words, now), now),)


async def _draft(reading: Reading, chat_id: str, post: Post) -> Draft | None:
    """Return the draft while the chat is still the account's, and nothing was changed since."""
    chat = await chats.get(reading, chat_id)
    state = await desks.get(reading, chat_id)
    if chat is None or chat.staff_id != post.about or state is None:
        return None
    draft = draft_in(state.values) if state.kind.startswith("fol.") else None
    return draft if draft is not None and draft.number == post.number else None


def _shown(world: World, draft: Draft, preview: Preview, now: datetime) -> PreviewShown:
    return PreviewShown(
        number=draft.number,
        terms=codes_in_words(world, draft.filter, now),
        count=preview.count,
        excluded=preview.excluded,
        to_call=preview.to_call,
        could_get_more=preview.could_get_more,
        samples=preview.samples,
        finish_at=preview.finish_at.astimezone(world.zone),
    )
