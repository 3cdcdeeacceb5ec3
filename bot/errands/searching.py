"""Looking for somebody who is known: by a code, or by the own phone that Telegram vouches for.

A typed number, or somebody else's card, finds nothing: only a phone that its owner has just shared
is looked up, and what it may open is kept for an hour, so no button can name anybody else.
"""

from typing import Final

from bot.desk import Desk, Step, state_of
from bot.errands.known import begin_from_roster, reach_record
from bot.errands.opening import menu, open_state, resume_open
from conversations.lobby.finding import PhoneMatch, PhoneMatched, PhoneUnmatched, SearchOffered
from conversations.lobby.wishes import tag_of
from conversations.people import is_nobodys, name_in
from conversations.replies.outcome import Understood
from conversations.replies.phone import read_phone
from conversations.reply import Reply, SharedPhone
from storage import attempts, household, people, phones, reports, roster
from storage.phones import USE, Match

PHONES_AN_HOUR: Final = 5


def offer_search(desk: Desk) -> Step:
    """Say how somebody who is known finds what is known."""
    return Step((SearchOffered(desk.can_prompt),), open_state(desk))


async def shared_phone(desk: Desk, reply: Reply) -> Step | None:
    """Look for whoever shared their own phone, unless an interview is about somebody already."""
    if not isinstance(reply, SharedPhone) or not reply.own or not await _is_free(desk):
        return None
    tries = await attempts.count_up(desk.tx, USE, desk.chat.id, desk.now)
    if tries > PHONES_AN_HOUR:
        return await _unmatched(desk, limited=True)
    number = read_phone(reply.number)
    if not isinstance(number, Understood):
        return await _unmatched(desk, limited=False)
    found = await phones.find(desk.tx, number.value)
    await phones.offer(desk.tx, desk.chat.id, found, desk.now)
    matches = [match for one in found if (match := await _match(desk, one)) is not None]
    if not matches:
        return await _unmatched(desk, limited=False)
    return Step((PhoneMatched(_told_apart(matches)),), open_state(desk))


async def choose(desk: Desk, tag: str) -> Step:
    """Go on as one of those whom the shared phone belongs to."""
    offered = await phones.offered(desk.tx, desk.chat.id, desk.now)
    person_id = next((person for person in offered if tag_of(person) == tag), None)
    await phones.withdraw_offer(desk.tx, desk.chat.id)
    if person_id is None:
        return offer_search(desk)
    if offered[person_id] == "report":
        return await reach_record(desk, person_id, household.ONESELF)
    step = await begin_from_roster(desk, person_id)
    return offer_search(desk) if step is None else step


async def _is_free(desk: Desk) -> bool:
    if desk.open is None:
        return True
    form = await desk.world.shelf.get(desk.tx, desk.open.form_hash)
    return is_nobodys(form, state_of(desk.open))


async def _unmatched(desk: Desk, *, limited: bool) -> Step:
    if desk.open is None:
        return Step((PhoneUnmatched(limited), await menu(desk)))
    step = await resume_open(desk, desk.open)
    return Step((PhoneUnmatched(limited), *step.events), step.interview)


async def _match(desk: Desk, one: Match) -> PhoneMatch | None:
    """Return how somebody is named to whoever holds their phone: by the surname alone."""
    key = await people.key_of(desk.tx, one.person_id)
    if key is None:
        return None
    if one.source == "roster":
        values = await roster.prefill(desk.tx, one.person_id, key)
        name = (values or {}).get("name", "")
    else:
        report = await reports.latest(desk.tx, one.person_id, key)
        if report is None:
            return None
        form = await desk.world.shelf.get(desk.tx, report.form_hash)
        name = name_in(form, report.answers)
    return PhoneMatch(tag_of(one.person_id), name[:1], one.source, one.birth_year)


def _told_apart(matches: list[PhoneMatch]) -> tuple[PhoneMatch, ...]:
    """Return them with the birth year only where surname and source are not enough."""
    looks = [(match.surname, match.source) for match in matches]
    return tuple(
        match if looks.count(look) > 1 else PhoneMatch(match.tag, match.surname, match.source)
        for match, look in zip(matches, looks, strict=True)
    )
