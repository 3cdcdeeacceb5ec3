"""What turns need besides the database: forms, texts, places, clock. Made once, at the start."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.places import Places
from bot.shelf import Shelf
from bot.texts import Texts
from conversations.dialogue.scene import Setting
from conversations.followups import FollowUpRules
from conversations.reminders import Hours
from conversations.replies.atlas import Atlas
from conversations.talk import TalkRules


@dataclass(frozen=True, slots=True)
class World:
    """The surroundings of all turns.

    Args of the constructor:
        clock: returns the present instant, aware; tests give their own.
        zone: of the stations; birthdays, due days and quiet hours are counted by it.
        atlas: divisions as people name them, and how characters are read.
        talks: when the stations are open, and how long a worker waits for them.
        follow_ups: what prompts by the staff go by.
    """

    shelf: Shelf
    texts: Texts
    places: Places
    clock: Callable[[], datetime]
    zone: ZoneInfo
    hours: Hours
    atlas: Atlas
    talks: TalkRules = field(default_factory=TalkRules)
    follow_ups: FollowUpRules = field(default_factory=FollowUpRules)

    def setting(self, now: datetime) -> Setting:
        """Return what the core may know of the world at this moment."""
        language = self.texts.language
        return Setting(now.astimezone(self.zone), self.places.villages, self.atlas, language)

    def speaking(self, language: str) -> "World":
        """Return the same world in the language of a chat, as far as there is a catalogue."""
        texts = self.texts.speaking(language)
        return self if texts is self.texts else replace(self, texts=texts)
