"""The form that people are looked for with: what was posted becomes a search, or is told wrong."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from pydantic import ValidationError

from bot.figures import figure
from bot.places import Place, Places
from bot.render.desk.followups_terms import terms_in_words
from bot.staff.finding import counties_in
from bot.staff.followups_draft import codes_in_words
from bot.staff.followups_lists import choices, groups
from bot.web.console.forms import Form
from bot.world import World
from conversations.followups import SUMMARY, Filter, Kind
from conversations.searching import STAGES, Search
from storage.scope import Scope

_LISTED: Final[tuple[Kind, ...]] = ("training", "trade", "job", "industry", "place", "status")
STUCK_DAYS: Final = (1, 3, 7, 15, 30)
QUIET_DAYS: Final = (30, 90, 180, 365)
_ENDING: Final = re.compile(r"\d[\dX]")
_LONGEST: Final = 20
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: a search, and what is wrong by the name of the field."""

    search: Search
    wrong: Mapping[str, str] = field(default_factory=dict)


def posted_search(world: World, form: Form, now: datetime) -> Posted:
    """Return what a form asks for; what cannot be read is left out of it and told."""
    wrong: dict[str, str] = {}
    filter = posted_filter(world, form, now, wrong)
    name, ending = _words(form["name"]), _words(form["ending"]).upper()
    if ending and not _ENDING.fullmatch(ending):
        wrong["ending"], ending = "console.people.wrong_ending", ""
    if len(name) > _LONGEST:
        wrong["name"] = "console.people.wrong_long"
    asked = {
        "filter": filter,
        "at": form["at"][:40],
        "stage": form["stage"] if form["stage"] in STAGES else "",
        "cycle": int(form["cycle"]) if re.fullmatch(r"20\d\d", form["cycle"]) else 0,
        "standing": form["standing"] if form["standing"] in {"active", "out_of_range"} else "",
        "is_held": bool(form["held"]),
        "exported": form["exported"] if form["exported"] in {"yes", "no"} else "",
        "name": name[:_LONGEST],
        "ending": ending,
    }
    return Posted(Search.model_validate(asked), wrong)


def posted_filter(world: World, form: Form, now: datetime, wrong: dict[str, str]) -> Filter:
    """Return the conditions that a follow-up knows; what is wrong is put into `wrong`."""
    low, high = _age(form["age_from"], wrong, "age_from"), _age(form["age_to"], wrong, "age_to")
    if low and high:
        low, high = sorted((low, high))
    village = _words(form["village"])
    if len(village) > _LONGEST:
        wrong["village"] = "console.people.wrong_long"
    given = {"village": village[:_LONGEST], "age_from": low, "age_to": high}
    return Filter.model_validate(_filter(world, form, now) | given)


def kept_search(text: str) -> Search:
    """Return a search that was kept; one that this version cannot read asks for nothing."""
    try:
        return Search.model_validate_json(text)
    except ValidationError:
        return Search()


def fields_of(search: Search, now: date) -> dict[str, str]:
    """Return what the fields of the form show for a search."""
    filter = search.filter
    before = filter.answered_before
    days = (now - before).days if before else 0
    return {
        "at": search.at,
        "name": search.name,
        "ending": search.ending,
        "village": filter.village,
        "stage": search.stage,
        "cycle": str(search.cycle or ""),
        "standing": search.standing,
        "exported": search.exported,
        "sex": filter.sex,
        "age_from": str(filter.age_from or ""),
        "age_to": str(filter.age_to or ""),
        "stuck_for": str(filter.stuck_for or ""),
        "stuck_in": filter.stuck_in,
        "answered_before": str(min(QUIET_DAYS, key=lambda one: abs(one - days)) if days else ""),
        **{kind: getattr(filter, kind) for kind in _LISTED},
    }


def lists(world: World, now: datetime) -> dict[str, Pairs]:
    """Return what can be chosen, with labels, by the name of the field; "" stands for anything."""
    texts = world.texts
    anything = ("", texts("console.people.any"))
    days = {
        name: [(str(one), texts("staff.followups.b_days", days=str(one))) for one in spans]
        for name, spans in (("stuck_for", STUCK_DAYS), ("answered_before", QUIET_DAYS))
    }
    coded: dict[str, Pairs] = {
        kind: [(one.name, one.label) for one in choices(world, kind, now)] for kind in _LISTED
    }
    stops = [(one.name, one.label) for one in groups(world, now)]
    year = world.today(now).year
    found: dict[str, Pairs] = {
        **coded,
        **days,
        "stuck_in": [*stops, (SUMMARY, texts("staff.followups.stuck_in_summary"))],
        "stage": [(stage, texts(f"console.people.stage_{stage}")) for stage in STAGES],
        "cycle": [(str(one), str(one)) for one in range(year, year - 4, -1)],
        "standing": [
            (one, texts(f"console.people.standing_{one}")) for one in ("active", "out_of_range")
        ],
        "exported": [(one, texts(f"console.people.exported_{one}")) for one in ("yes", "no")],
        "sex": [("1", texts("staff.followups.man")), ("2", texts("staff.followups.woman"))],
    }
    return {name: [anything, *pairs] for name, pairs in found.items()}


def places_to_choose(places: Places, scope: Scope, at: str) -> Pairs:
    """Return where somebody can look: their counties, and the townships of the one they are in."""
    counties = counties_in(places, scope)
    here = places.by_id.get(at)
    inside = here.parent_id if here is not None and here.level == "township" else at
    if len(counties) == 1:
        inside = counties[0].id
    found: Pairs = []
    for county in counties:
        found.append((county.id, county.name))
        if county.id == inside:
            below = [one for one in places.by_id.values() if one.parent_id == county.id]
            found += [(one.id, f"　{one.name}") for one in below if one.id in scope]
    return found


def in_words(world: World, search: Search, now: datetime) -> str:
    """Return what is asked for in one line, "" for nothing; for pages only, it may hold a name."""
    texts = world.texts
    place: Place | None = world.places.by_id.get(search.at)
    said = [place.name] if place else []
    said += [terms_in_words(texts, codes_in_words(world, search.filter, now))]
    said += [texts(f"console.people.stage_{search.stage}")] if search.stage else []
    said += [texts("console.people.of_cycle", year=str(search.cycle))] if search.cycle else []
    if search.standing:
        said.append(texts(f"console.people.standing_{search.standing}"))
    said += [texts("console.people.held")] if search.is_held else []
    if search.exported:
        said.append(texts(f"console.people.exported_{search.exported}"))
    said += [texts("console.people.named", name=search.name)] if search.name else []
    said += [texts("console.people.ends", ending=search.ending)] if search.ending else []
    return texts("staff.followups.between").join(one for one in said if one)


def _filter(world: World, form: Form, now: datetime) -> dict[str, object]:
    """Return the coded conditions; a code that the form does not have asks for nothing."""
    known = lists(world, now)
    taken: dict[str, object] = {
        name: form[name]
        for name in (*_LISTED, "sex", "stuck_in")
        if form[name] in {code for code, _ in known[name]}
    }
    taken["not_started"] = bool(form["not_started"])
    taken["unconfirmed"] = bool(form["unconfirmed"])
    if form["stuck_for"] in {str(one) for one in STUCK_DAYS}:
        taken["stuck_for"] = int(form["stuck_for"])
    if form["answered_before"] in {str(one) for one in QUIET_DAYS}:
        days = timedelta(days=int(form["answered_before"]))
        taken["answered_before"] = world.today(now) - days
    return taken


def _words(said: str) -> str:
    return "".join(unicodedata.normalize("NFKC", said).split())


def _age(said: str, wrong: dict[str, str], name: str) -> int:
    said = _words(said)
    if not said:
        return 0
    age = figure(said, least=10, most=120)
    if not age:
        wrong[name] = "console.people.wrong_age"
    return age
