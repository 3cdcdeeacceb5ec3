"""What turns need besides the database: forms, texts, places, clock. Made once, at the start."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.ladders import load_ladders
from bot.places import Places
from bot.shelf import Shelf
from bot.texts import Texts
from conversations.dialogue.scene import Setting
from conversations.followups import FollowUpRules
from conversations.hours import Hours
from conversations.ladder import Ladders
from conversations.replies.atlas import Atlas
from conversations.sending import Budget, Rules
from conversations.talk import TalkRules


@dataclass(frozen=True, slots=True)
class World:
    """The surroundings of all turns.

    Args of the constructor:
        clock: returns the present instant, aware; tests give their own.
        zone: of the stations; birthdays, due days and quiet hours are counted by it.
        atlas: divisions as people name them, and how characters are read.
        talks: when the stations are open, and how long a worker waits for them.
        ladders: which prompt of the yearly update follows which.
        budget: how often people hear from us unasked.
        age_limit: nobody of this age or older is prompted, 0 for no limit.
        follow_ups: what prompts by the staff go by.
        console_url: where the staff's web page is, "" where there is none.
    """

    shelf: Shelf
    texts: Texts
    places: Places
    clock: Callable[[], datetime]
    zone: ZoneInfo
    hours: Hours
    atlas: Atlas
    talks: TalkRules = field(default_factory=TalkRules)
    ladders: Ladders = field(default_factory=load_ladders)
    budget: Budget = field(default_factory=Budget)
    age_limit: int = 0
    follow_ups: FollowUpRules = field(default_factory=FollowUpRules)
    console_url: str = ""

    @property
    def rules(self) -> Rules:
        """Return what prompts go by."""
        return Rules(self.hours, self.zone, self.budget, self.age_limit)

    def setting(self, now: datetime) -> Setting:
        """Return what the core may know of the world at this moment."""
        language = self.texts.language
        return Setting(now.astimezone(self.zone), self.places.villages, self.atlas, language)

    def today(self, now: datetime) -> date:
        """Return the local day of the stations."""
        return now.astimezone(self.zone).date()

    def speaking(self, language: str) -> "World":
        """Return the same world in the language of a chat, as far as there is a catalogue."""
        texts = self.texts.speaking(language)
        return self if texts is self.texts else replace(self, texts=texts)
