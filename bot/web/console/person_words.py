"""One person's story in words, veiled or whole: what the page of a person prints."""

from dataclasses import dataclass, field
from typing import Final

from bot.render.desk.case_words import kind_words, outcome_words
from bot.staff.naming import place_name
from bot.staff.story import Moment, Story
from bot.world import World
from conversations.cases import masked_name
from conversations.dialogue.review import title_of
from conversations.dialogue.shown import masked, veiled, veiled_words
from conversations.dialogue.versions import Change
from conversations.events import ReviewLine
from conversations.lobby.worklist import Tried
from conversations.origins import read_origin
from storage.case_steps import CaseStep
from storage.export.reasons import REASONS, WORDS
from storage.stories import HeldBack

_PHONES: Final = ("phone", "contact_phone", "phone_listed", "informant_phone")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is shown, and where it comes from."""

    title: str
    shown: str = field(repr=False)
    origin: str


@dataclass(frozen=True, slots=True)
class Differing:
    """One answer of two versions."""

    title: str
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Puts a story into words."""

    world: World
    story: Story
    is_whole: bool = False

    @property
    def name(self) -> str:
        """Return the name, or the surname with 某."""
        name = self.story.name
        return name if self.is_whole else masked_name(name)

    @property
    def number(self) -> str:
        """Return the identity number, or its last two digits; "" where it is not known."""
        number = self.story.values.get("id_number", "")
        return number if self.is_whole or not number else masked(number, "id")

    @property
    def phone(self) -> str:
        """Return the phone, or a part of it; "" where it is not known."""
        values = self.story.values
        phone = next((values[role] for role in _PHONES if values.get(role)), "")
        return phone if self.is_whole or not phone else masked(phone, "phone")

    @property
    def village(self) -> str:
        """Return the village; "" where it is not known."""
        return self.story.values.get("village", "")

    def sections(self) -> list[tuple[str, list[Answer]]]:
        """Return the answers of the version that is shown, by section."""
        return [
            (section.title, [self._answer(line) for line in section.lines])
            for section in self.story.sections
            if section.lines
        ]

    def changes(self) -> list[Differing]:
        """Return what differs between the two versions that are compared."""
        compared = self.story.compared
        return [] if compared is None else [self._differing(one) for one in compared.changes]

    def actor(self, actor: str) -> str:
        """Return who did something: staff by place and name, an informant by their relation."""
        texts = self.world.texts
        kind, _, rest = actor.partition(":")
        colleague = self.story.colleagues.get(rest or actor)
        if kind == "staff" and not rest:
            return texts("console.people.by_station")
        if colleague is not None:
            place = place_name(self.world.places, colleague.scope_id)
            role = texts(f"staff.accounts.role_{colleague.role}")
            return f"{place}{colleague.name or role}"
        if kind in ("staff", "chat", "command", "system"):
            return texts(f"console.people.actor_{kind}")
        return texts.get(f"console.people.by_{actor}", "console.people.by_unknown")

    def moment(self, one: Moment) -> str:
        """Return what happened to the record."""
        texts = self.world.texts
        more = self.left(one.more) if one.what == "left" else one.more
        by = self.actor(one.by) if one.by else ""
        return texts(f"console.people.moment_{one.what}", by=by, more=more)

    def left(self, reason: str) -> str:
        """Return why somebody left the range, by a code of the list exit_reason."""
        return self.world.texts.get(f"console.people.left_{reason}", "console.people.left_")

    def look(self, action: str) -> str:
        """Return what somebody did, as the audit has it."""
        texts = self.world.texts
        plain = action.removesuffix(".refused")
        key = f"console.people.did_{plain.replace('.', '_')}"
        said = texts(key) if key in texts.sentences else plain
        return texts("console.people.did_not", what=said) if plain != action else said

    def kind(self, kind: str) -> str:
        """Return why somebody is on the work list."""
        return kind_words(self.world.texts, kind)

    def step(self, step: CaseStep) -> str:
        """Return what was tried about a case."""
        note = step.note if self.is_whole else veiled_words(step.note)
        on = step.at.astimezone(self.world.zone).date()
        # A day that was agreed on is no number that tells anything.
        told = step.note if step.outcome == "again" else note
        return outcome_words(self.world.texts, Tried(on, step.outcome, told))

    def own_words(self, words: str) -> str:
        """Return words of somebody's own, without the numbers in them."""
        return words if self.is_whole else veiled_words(words)

    def reasons(self, held: HeldBack) -> list[str]:
        """Return why a report was held back."""
        titles = {
            line.question.bot.get("role", ""): title_of(line.question)
            for section in self.story.sections
            for line in section.lines
        }
        named = WORDS["and"].join(titles.get(role, role) for role in held.roles)
        return [
            REASONS[key].format(titles=named, row="…") if key in REASONS else key
            for key in held.reasons
        ]

    def _answer(self, line: ReviewLine) -> Answer:
        kept = self.story.origins.get(line.question.path, "")
        return Answer(title_of(line.question), self._shown(line), self._origin(kept))

    def _shown(self, line: ReviewLine | None) -> str:
        if line is None:
            return ""
        question = line.question
        if not self.is_whole:
            return veiled(question, question.value)
        return question.value if question.bot.get("mask") else line.shown

    def _differing(self, one: Change) -> Differing:
        before, after = self._shown(one.before), self._shown(one.after)
        return Differing(one.title, before, after)

    def _origin(self, kept: str) -> str:
        if not kept:
            return ""
        origin, texts = read_origin(kept), self.world.texts
        by = texts.get(f"console.people.by_{origin.by}", "console.people.by_unknown")
        return texts(f"console.people.how_{origin.how}", by=by, on=origin.on.isoformat())
