"""Projections: what may be filtered and counted, beside the sealed answers it was read from.

One row per person, of their latest report. Only what design and law leave in the clear is here:
names, numbers, addresses, birth dates and all else that points at somebody stays sealed.
"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from storage.times import to_micros
from storage.transaction import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Projection:
    """Typed columns, named as the form's fields; codes, never labels.

    Args of the constructor, where not plain:
        city_id, county_id, township_id: of the hukou.
        birth_month: only of those below 17, who leave or enter the range by it.
        income_band: of the monthly income; the amount itself is sealed.
        work_province: two digits.
        training_month: ISO, `2027-03`.
        in_export: whether the record is the person's own and complete.
        minutes: from the first answer to the submission; None on paper.
        is_unchanged: 1 where a yearly update said of every section that it is as last year, 0
            where not; None for other reports.
    """

    cycle: int
    city_id: str | None = None
    county_id: str | None = None
    township_id: str | None = None
    birth_year: int | None = None
    birth_month: int | None = None
    sex: str | None = None
    education: str | None = None
    employment_status: str | None = None
    employment_form: str | None = None
    work_industry: str | None = None
    income_band: str | None = None
    stable_employment: str | None = None
    startup_status: str | None = None
    returnee_startup: str | None = None
    transfer_region: str | None = None
    work_province: str | None = None
    unemployed_reason: str | None = None
    job_intent: str | None = None
    job_industry: str | None = None
    expected_salary: str | None = None
    expected_place: str | None = None
    training_intent: str | None = None
    training_month: str | None = None
    training_place: str | None = None
    training_trade: str | None = None
    informant_relation: str | None = None
    collection_method: str | None = None
    in_export: bool = True
    minutes: int | None = None
    is_unchanged: int | None = None


async def put(
    tx: Transaction, person_id: str, report_id: str, now: datetime, projection: Projection
) -> None:
    """Keep the row of a person's latest report; an older one is replaced."""
    columns = asdict(projection) | {"in_export": int(projection.in_export)}
    await tx.one(
        "projections.put",
        person_id=person_id,
        report_id=report_id,
        submitted_at=to_micros(now),
        **columns,
    )


async def get(reading: Reading, person_id: str) -> Projection | None:
    """Return the row of a person."""
    row = await reading.one("projections.get", person_id=person_id)
    if row is None:
        return None
    columns = {field.name: row[field.name] for field in fields(Projection)}
    return Projection(**columns | {"in_export": bool(row["in_export"])})
