"""What is different when the staff fill in for somebody: whose chat is told, who comes next.

The staff's chat neither speaks for the person nor keeps anything of them.
"""

from dataclasses import dataclass, field
from datetime import date

from bot.desk import Desk, state_of
from bot.waiting import next_waited
from conversations.cases import masked_name
from conversations.lobby.entry import EntryEnd, EntryEnded, EntryKept, MissingLine, Source
from conversations.origins import Origin, read_origin
from conversations.people import name_in
from storage import audits, case_steps, cases, desks, household, outbox, staff
from storage.interviews import OpenInterview
from storage.outbox import Post

RUN = "ent.run"
# In the place of the informant's relation, in the origins of answers.
BY_STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Run:
    """How somebody was chosen, kept while the interview goes on, so that the next one is known.

    Args of the constructor:
        cursor: their place on the list of the missing.
        words: what the list was searched for.
        mode: how it is filled in.
        case_id: of the work list, "" for none.
    """

    person_id: str
    source: Source
    mode: str
    cursor: str = ""
    words: str = field(default="", repr=False)
    case_id: str = ""


async def keep_run(desk: Desk, run: Run) -> None:
    """Keep it until the interview ends."""
    values = {
        "person": run.person_id,
        "source": run.source,
        "mode": run.mode,
        "cursor": run.cursor,
        "words": run.words,
        "case": run.case_id,
    }
    await desks.put(desk.tx, desk.chat.id, RUN, values, desk.now)


async def run_of(desk: Desk) -> Run | None:
    """Return how the last person was chosen; None when the chat did something else since."""
    state = await desks.get(desk.tx, desk.chat.id)
    if state is None or state.kind != RUN:
        return None
    kept = state.values
    return Run(
        kept["person"], kept["source"], kept["mode"], kept["cursor"], kept["words"], kept["case"]
    )


async def kept(desk: Desk, stored: OpenInterview, person_id: str, reference: str) -> EntryKept:
    """Tell the person's own chat, and return the receipt of the staff with who comes next."""
    form = await desk.world.shelf.get(desk.tx, stored.form_hash)
    name = name_in(form, state_of(stored).answers)
    chat_id = await own_chat(desk, person_id)
    if chat_id is not None:
        await outbox.put(
            desk.tx, chat_id, person_id, Post("entered_by_staff", words=name), desk.now
        )
    await audits.write(
        desk.tx,
        actor=f"staff:{stored.entered_by}",
        action="entry.submit",
        scope=f"person:{person_id}",
        now=desk.now,
    )
    source, line = await _next(desk, stored)
    return EntryKept(masked_name(name), reference, chat_id is not None, source, line)


async def ended(desk: Desk, stored: OpenInterview, how: EntryEnd) -> EntryEnded:
    """Return that it ended without a report, with who comes next; the case keeps the try."""
    run = await run_of(desk)
    case = await cases.get(desk.tx, run.case_id) if run and run.case_id else None
    if case is not None and run is not None and run.person_id == stored.person_id:
        by = f"staff:{stored.entered_by}"
        await case_steps.add(desk.tx, case, by=by, outcome=how, now=desk.now)
    source, line = await _next(desk, stored)
    return EntryEnded(how, source, line)


async def own_chat(desk: Desk, person_id: str) -> str | None:
    """Return the chat in which the person can be written to; never the one of the staff."""
    return await household.other_chat(desk.tx, person_id, desk.chat.id)


def origins_by_staff(origins: dict[str, str], today: date) -> dict[str, str]:
    """Return the origins with the staff as who wrote down what was said today."""
    told = {path: read_origin(text) for path, text in origins.items()}
    return {
        path: Origin(one.how, BY_STAFF if _is_new(one, today) else one.by, one.on).text()
        for path, one in told.items()
    }


def _is_new(one: Origin, today: date) -> bool:
    return one.on == today and one.how != "carried"


async def _next(desk: Desk, stored: OpenInterview) -> tuple[Source, MissingLine | None]:
    """Return where the next one is, and who it is on the list of the missing."""
    run = await run_of(desk)
    who = await staff.get(desk.tx, stored.entered_by or "")
    if run is None or who is None:
        return "new", None
    if run.source != "list":
        return run.source, None
    following = await next_waited(desk, who, run.words, run.cursor, run.person_id)
    return "list", following.line if following else None
