"""The people of a chat with what is open about each: the list of whom it fills in for."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk import state_of
from bot.known import Known, people_of
from bot.world import World
from conversations.dialogue.parts import part_of
from conversations.interview import Interview
from conversations.lobby.events import Event, InterviewSetAside, Member, Standing
from conversations.lobby.wishes import tag_of
from conversations.people import is_nobodys, name_in, relation_in
from conversations.xform import Form
from conversations.xform.session import Session
from storage import household, people, reports, roster
from storage.interviews import OpenInterview
from storage.people import Person
from storage.transaction import Reading


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished interview, and how the list shows it."""

    stored: OpenInterview
    member: Member
    is_nobodys: bool


async def drafts_of(
    reading: Reading, world: World, chat_id: str, now: datetime, current: int = 0
) -> list[Draft]:
    """Return what is unfinished in a chat; `current` is the number of what it talks about.

    What somebody of the staff fills in for others here is not of their own people.
    """
    found = []
    for stored in await household.open_interviews(reading, chat_id):
        if stored.entered_by is not None:
            continue
        form = await world.shelf.get(reading, stored.form_hash)
        found.append(_draft(form, world, stored, now, is_current=stored.number == current))
    return found


async def names_of_taken(reading: Reading, world: World, chat_id: str) -> tuple[str, ...]:
    """Return the names of those who took their record over from this chat, not told yet."""
    names = []
    for person_id in await household.taken_from(reading, chat_id):
        key = await people.key_of(reading, person_id)
        report = await reports.latest(reading, person_id, key) if key else None
        if report is not None:
            form = await world.shelf.get(reading, report.form_hash)
            names.append(name_in(form, report.answers))
    return tuple(names)


def set_aside(drafts: list[Draft]) -> tuple[Event, ...]:
    """Return what is said of the interview that the chat talks about before another begins."""
    return tuple(
        InterviewSetAside(draft.member)
        for draft in drafts
        if draft.member.is_current and not draft.is_nobodys
    )


async def draft_of(reading: Reading, world: World, stored: OpenInterview, now: datetime) -> Member:
    """Return how the list shows one interview."""
    form = await world.shelf.get(reading, stored.form_hash)
    return _draft(form, world, stored, now, is_current=False).member


async def members_of(
    reading: Reading, world: World, chat_id: str, now: datetime, current: int = 0
) -> list[Member]:
    """Return everybody a chat fills in for: what is open, then what is due, then the rest."""
    drafts = await drafts_of(reading, world, chat_id, now, current)
    begun = {draft.member.tag for draft in drafts}
    known = await people_of(reading, world, chat_id, now)
    reported = {one.person_id: one for one in known}
    others = [
        await _other(reading, world, person, reported.get(person.id))
        for person in await people.of_chat(reading, chat_id)
        if tag_of(person.id) not in begun
    ]
    rest = [member for member in others if member is not None]
    rank = {"not_begun": 0, "due": 1, "reported": 2, "left": 3}
    return [*(draft.member for draft in drafts), *sorted(rest, key=lambda m: rank[m.standing])]


def _draft(
    form: Form, world: World, stored: OpenInterview, now: datetime, *, is_current: bool
) -> Draft:
    state = state_of(stored)
    is_unsent = state.at is None and not state.comparing
    member = Member(
        tag=tag_of(stored.person_id),
        name=name_in(form, state.answers) if not is_nobodys(form, state) else "",
        relation=_relation(form, state, world, now),
        standing="unsent" if is_unsent else "open",
        interview=stored.number,
        part=part_of(form, state.at) if state.at else None,
        is_current=is_current,
    )
    return Draft(stored, member, is_nobodys(form, state))


def _relation(form: Form, state: Interview, world: World, now: datetime) -> str:
    """Return who it is in the form's own words: 我父亲或母亲."""
    code = relation_in(form, state)
    if not code:
        return ""
    setting = world.setting(now)
    language = form.language_of(setting.language)
    session = Session(form, now=setting.now, language=language, values=state.answers)
    choices = session.question(form.roles["informant_relation"]).choices
    return next((choice.label for choice in choices if choice.name == code), "")


async def _other(
    reading: Reading, world: World, person: Person, known: Known | None
) -> Member | None:
    """Return how somebody is shown whom nothing is open about."""
    tag = tag_of(person.id)
    if known is not None:
        shown = known.shown
        return Member(tag, shown.name, "", _standing(person, known), reported_on=shown.reported_on)
    key = await people.key_of(reading, person.id)
    values = await roster.prefill(reading, person.id, key) if key else None
    return None if values is None else Member(tag, values.get("name", ""), "", "not_begun")


def _standing(person: Person, known: Known) -> Standing:
    if person.state != "active":
        return "left"
    return "due" if known.shown.is_due else "reported"
