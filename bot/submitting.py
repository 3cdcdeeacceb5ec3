"""A report is submitted: everything it leaves behind, in the turn's own transaction.

The same number from another chat is kept as a report of its own and as a case for the station;
nothing that the person sees, nor the order of what is done, tells the two apart.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.assisted import kept, origins_by_staff, own_chat
from bot.desk import Desk, Step
from bot.world import World
from conversations.course import ReportSubmitted
from conversations.dialogue.scene import Turn
from conversations.interview import Interview
from conversations.lobby.events import ReceiptGiven
from conversations.record import birth_month, birth_year, by_role, clear_part, income_band
from conversations.reminders import LASTS, due_at, next_update_on, slot
from conversations.replies.villages import matched
from conversations.xform import Form
from storage import consents, preferences, submissions
from storage.interviews import OpenInterview
from storage.people import Due
from storage.projections import Projection
from storage.reminder_rows import Plan
from storage.submissions import Submission

YEARLY = "yearly"


async def submit(desk: Desk, stored: OpenInterview, turn: Turn, event: ReportSubmitted) -> Step:
    """Keep the report and give the receipt."""
    form = await desk.world.shelf.get(desk.tx, stored.form_hash)
    today = desk.now.astimezone(desk.world.zone).date()
    answers = _stamped(desk, form, event.answers)
    values = by_role(form, answers)
    update_on = next_update_on(today)
    # Consent is noted before the submission, which may hand it on to a person known before.
    await consents.give(
        desk.tx, stored.person_id, values.get("consent_version", ""), desk.now, sensitive=True
    )
    is_assisted = stored.entered_by is not None
    submission = Submission(
        answers=answers,
        id_number=values["id_number"],
        informant_relation=values.get("informant_relation", ""),
        collection_method=values.get("collection_method", ""),
        projection=replace(
            projection_of(values, today), is_unchanged=as_last_year(turn.interview)
        ),
        due=Due(update_on, slot(stored.person_id, desk.world.hours)),
        plans=await plans(desk, stored.person_id, update_on),
        origins=_origins(turn.interview, answers, today, is_assisted=is_assisted),
        phone=values.get("phone", ""),
        remind_in=await own_chat(desk, stored.person_id) if is_assisted else None,
    )
    receipt = await submissions.submit(desk.tx, stored, submission, desk.now)
    if is_assisted:
        entry = await kept(desk, stored, receipt.person_id, receipt.report.reference)
        return Step((*turn.events, entry), posted=entry.is_told)
    given = ReceiptGiven(
        receipt.report.reference,
        receipt.return_code,
        update_on,
        desk.can_prompt,
        replaces_code=receipt.report.version > 1,
        overtook=receipt.overtook,
    )
    return Step((*turn.events, given))


def _stamped(desk: Desk, form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers with what the application sets, as far as the form asks for it."""
    found = stamps(desk.world, desk.now, by_role(form, answers))
    return {**answers, **{form.roles[role]: found[role] for role in found if role in form.roles}}


def _origins(
    interview: Interview, answers: Mapping[str, str], today: date, *, is_assisted: bool
) -> dict[str, str]:
    """Return who gave each of the answers, how and when."""
    origins = interview.origins
    if is_assisted:
        origins = origins_by_staff(origins, today)
    return {path: origin for path, origin in origins.items() if path in answers}


def stamps(world: World, now: datetime, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values that the application sets: they are the form's hidden questions."""
    local = now.astimezone(world.zone)
    at = local.isoformat(timespec="seconds")
    places, township = world.places, values.get("township", "")
    village = matched(values.get("village", ""), places.villages.get(township, ()))
    code = places.village_codes[township, village] if village else ""
    return {
        "year": str(local.year),
        "confirmed_at": at,
        "consent_at": at,
        "village_code": code,
    }


def as_last_year(interview: Interview) -> int | None:
    """Return 1 where a yearly update said of all sections that nothing changed, 0 where not."""
    if interview.purpose != "update":
        return None
    said = interview.compared.values()
    return int(bool(said) and all(one == "same" for one in said))


def projection_of(values: Mapping[str, str], today: date) -> Projection:
    """Return what stands in the clear beside a report."""
    return Projection(
        cycle=today.year,
        birth_year=birth_year(values),
        birth_month=birth_month(values),
        income_band=income_band(values),
        **clear_part(values),
    )


async def plans(desk: Desk, person_id: str, update_on: date) -> tuple[Plan, ...]:
    """Return the reminders of the next update.

    A chat that cannot be written to has them too: on that day the person goes on the call list.
    """
    preference = await preferences.get(desk.tx, person_id)
    due = due_at(update_on, person_id, desk.world.hours, desk.world.zone, preference)
    version = desk.world.ladders.current.version
    return (Plan(YEARLY, update_on.year, 1, due, due + LASTS, version),)
