"""One turn in its transaction: the chat, what is open in it, and what the step came to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.world import World
from conversations.dialogue.scene import Turn
from conversations.interview import Interview
from conversations.lobby.events import Event
from storage import interviews
from storage.chats import Chat
from storage.database import Database
from storage.interviews import OpenInterview
from storage.transaction import Transaction

# Nothing of the turn's transaction may be used in it: that is over.
Later = Callable[[Database], Awaitable[tuple[Event, ...]]]


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn came to. `interview` is None when none is open any more.

    `erased` says that a key was destroyed, so the files must be scrubbed after the commit;
    `posted` that something waits for another chat. `language` is what the chat speaks after it.
    `later` looks for something that takes long, beside all writers, once the turn is committed;
    what it comes to is shown in the same answer.
    """

    events: tuple[Event, ...]
    interview: Interview | None = None
    erased: bool = False
    posted: bool = False
    language: str = ""
    later: Later | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody of the staff works with, in whatever way they come: no chat is needed.

    Nothing here outlives the transaction.
    """

    tx: Transaction
    world: World
    now: datetime


@dataclass(frozen=True, slots=True)
class Desk(Office):
    """Everything a turn works with."""

    chat: Chat
    open: OpenInterview | None

    @property
    def can_prompt(self) -> bool:
        """Tell whether this chat's channel can be written to first."""
        return self.chat.channel == "telegram"


def state_of(stored: OpenInterview) -> Interview:
    """Return the interview's state; number, purpose and revision are those of the row."""
    return Interview.model_validate_json(stored.state).with_changes(
        number=stored.number, purpose=stored.purpose, revision=stored.revision
    )


async def keep(desk: Desk, stored: OpenInterview, turn: Turn) -> Step:
    """Save the state of an interview that goes on."""
    status: Literal["open", "paused"] = "paused" if turn.interview.paused else "open"
    text = turn.interview.model_dump_json(exclude={"number", "purpose", "revision"})
    await interviews.save(desk.tx, stored, text, desk.now, status=status)
    return Step(turn.events, turn.interview)
