"""The follow-up that is being put together in a chat of the staff."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from bot.desk import Desk
from bot.staff.access import acts_for
from bot.staff.followups_lists import label_of
from bot.world import World
from conversations.followups import Filter, Term, terms
from conversations.scope import Action
from storage import desks
from storage.staff import Staff

KIND: Final = "fol.draft"
_CODED: Final = frozenset(("stuck_in", "training", "trade", "job", "industry", "place", "status"))


@dataclass(frozen=True, slots=True)
class Draft:
    """What is chosen so far.

    Args of the constructor, where not plain:
        wording: name of the text, "" while none is chosen.
        scope_id: the place whose people it is for.
        number: grows with every change, so that the button of an old preview starts nothing.
    """

    scope_id: str
    filter: Filter = field(default_factory=Filter)
    wording: str = ""
    number: int = 0


def scopes_of(who: Staff) -> tuple[str, ...]:
    """Return the places whose people an account may prompt: its own first, then the absent's."""
    return tuple(dict.fromkeys(one.scope_id for one in acts_for(who, Action.FOLLOW_UP)))


async def draft_of(desk: Desk, who: Staff) -> Draft | None:
    """Return what this chat is putting together; None for nothing.

    Nothing is also what was begun for somebody absent whom the account stands in for no more.
    """
    state = await desks.get(desk.tx, desk.chat.id)
    if state is None or not state.kind.startswith("fol."):
        return None
    draft = draft_in(state.values)
    return draft if draft.scope_id in scopes_of(who) else None


def draft_in(values: Mapping[str, Any]) -> Draft:
    """Return the draft of a chat's state; a filter that this version cannot read is let go."""
    try:
        filter = Filter.model_validate(values.get("filter", {}))
    except ValidationError:
        filter = Filter()
    place, wording = values.get("scope", ""), values.get("wording", "")
    return Draft(place, filter, wording, values.get("number", 0))


async def keep(desk: Desk, draft: Draft, kind: str = KIND) -> Draft:
    """Keep a draft as the next number; `kind` says which words the chat waits for."""
    kept = replace(draft, number=draft.number + 1)
    values = {
        "scope": kept.scope_id,
        "filter": kept.filter.model_dump(mode="json", exclude_defaults=True),
        "wording": kept.wording,
        "number": kept.number,
    }
    await desks.put(desk.tx, desk.chat.id, kind, values, desk.now)
    return kept


def in_words(desk: Desk, filter: Filter) -> tuple[Term, ...]:
    """Return the conditions with their codes in the form's words."""
    return codes_in_words(desk.world, filter, desk.now)


def codes_in_words(world: World, filter: Filter, now: datetime) -> tuple[Term, ...]:
    """Return the conditions with their codes in the form's words, free of a channel."""
    return tuple(
        replace(term, value=label_of(world, term.kind, term.value, now))
        if term.kind in _CODED
        else term
        for term in terms(filter)
    )
