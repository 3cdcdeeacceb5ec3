"""The same tables once more, counted person by person in the plainest way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from storage.projections import Projection
from tests.statistics.crowd import Somebody

Key = tuple[str, ...]


def counted(people: Iterable[Somebody], year: int) -> dict[tuple[str, str], Counter[Key]]:
    """Return the cells by place (townships, counties, cities, the province) and table."""
    found: dict[tuple[str, str], Counter[Key]] = {}
    for one in people:
        given = one.projection
        if one.state != "active" or not given.in_export:
            continue
        township = given.township_id or f"{given.county_id}-"
        for name, key in cells_of(given, year):
            for place in (township, given.county_id, given.city_id, "province"):
                found.setdefault((str(place), name), Counter())[key] += 1
    return found


def cells_of(one: Projection, year: int) -> Iterator[tuple[str, Key]]:
    """Yield every cell that a person is counted in."""
    age_sex = (band(one.birth_year, year), one.sex or "")
    who = (*age_sex, one.education or "")
    yield "people", who
    yield "employment", (*who, one.employment_status or "")
    yield "job", (*who, one.job_intent or "")
    yield "training", (*who, one.training_intent or "")
    if one.employment_status == "1":
        yield "work_form", (*who, one.employment_form or "")
        yield "work_industry", (*who, one.work_industry or "")
        yield "transfer", (*who, one.transfer_region or "")
        yield "stable", (*who, one.stable_employment or "")
        yield "flow", (*age_sex, destination(one))
    if one.employment_status in ("1", "2"):
        yield "income", (*who, one.income_band or "")
    if one.startup_status:
        yield "startup", (*who, one.startup_status)
    if one.startup_status not in (None, "", "0"):
        yield "returnee", (*who, one.returnee_startup or "")
    if one.employment_status == "3":
        yield "unemployed", (*who, one.unemployed_reason or "")
    yield from _wishes(one, who)


def _wishes(one: Projection, who: Key) -> Iterator[tuple[str, Key]]:
    if one.job_intent == "1":
        yield "job_industry", (*who, one.job_industry or "")
        yield "job_pay", (*who, one.expected_salary or "")
        for place in codes(one.expected_place):
            yield "job_place", (*who, place)
            yield "job_wish", (one.job_industry or "", one.expected_salary or "", place)
    if one.training_intent == "1":
        for trade in codes(one.training_trade):
            yield "training_trade", (*who, trade)
            yield "training_wish", (trade, one.training_month or "", one.training_place or "")


def codes(text: str | None) -> Sequence[str]:
    """Return each code once."""
    return sorted(set((text or "").split())) or [""]


def destination(one: Projection) -> str:
    """Return where somebody works: how far away, and of another province which."""
    if one.transfer_region == "5" and one.work_province:
        return f"5-{one.work_province[:2]}"
    return one.transfer_region or ""


def band(born: int | None, year: int) -> str:
    """Return the band of somebody's age in a year."""
    if born is None:
        return ""
    return str(1 + sum(year - born > last for last in (24, 34, 44, 54, 59)))
