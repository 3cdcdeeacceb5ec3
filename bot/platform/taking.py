"""Takes what the platform said: reports move on, and whatever it refused gets somebody to mend it.

A refusal becomes one question to the worker where the clerk chose that and a chat can be written
to, otherwise a case of the station or the county. Nobody is written to in the quiet hours: those
rows wait, and the file stays at `taking` until they are done. An answer about an older version is
noted on that one, and asks nobody.
"""

from collections.abc import Mapping
from typing import Final

from bot.known import title_at
from bot.leasing import WorkLost
from bot.platform.work import Work
from bot.world import World
from conversations.cases import REJECTED
from conversations.lobby.wishes import tag_of
from conversations.platform.mapping import AnswerMapping
from conversations.record import by_role
from storage import answer_rows, answers, case_steps, cases, outbox, people, reports, reviews
from storage.answer_rows import Waiting
from storage.answers import Import
from storage.outbox import Post
from storage.reports import Report
from storage.transaction import Transaction

_DUPLICATE: Final = "duplicate"


async def take(work: Work, one: Import) -> bool:
    """Take all rows that may be taken now; return whether the file is done.

    Raises:
        WorkLost: somebody else works on it.
    """
    taken = one.worked
    while True:
        async with work.chunk() as tx:
            asks = may_be_asked(work.world)
            rows = await answer_rows.next_rows(tx, one.id, asks=asks, most=work.size)
            if not rows:
                break
            await _take_rows(work, tx, one, rows)
            taken += len(rows)
            await work.advance(tx, one, taken)
        work.on_chunk(taken, one.accepted + one.rejected)
    async with work.chunk() as tx:
        if await answer_rows.count_left(tx, one.id):
            return False
        mapping = AnswerMapping.model_validate_json(one.mapping)
        if mapping.how == "failures":
            part = 0 if mapping.number is not None else mapping.part
            await answer_rows.accept_rest(tx, mapping.batch_id, part, work.now)
        if not await answers.become(tx, one, "done", work.now):
            raise WorkLost
    return True


def may_be_asked(world: World) -> bool:
    """Tell whether people may be written to at this moment."""
    return world.hours.hold(world.clock().astimezone(world.zone))


async def _take_rows(work: Work, tx: Transaction, one: Import, rows: list[Waiting]) -> None:
    accepted = [row for row in rows if row.verdict == "accepted"]
    if accepted:
        await answer_rows.accept(tx, one, accepted, work.now)
    came: dict[int, str] = {}
    for row in rows:
        if row.verdict == "rejected":
            came[row.line] = await _refuse(work, tx, one, row)
    await answer_rows.took(tx, one.id, came)


async def _refuse(work: Work, tx: Transaction, one: Import, row: Waiting) -> str:
    """Note a refusal and see that somebody mends it; return what came of it."""
    # The platform has them from an earlier batch: a full one repeats them, and nothing is wrong.
    stays = row.reason_key == _DUPLICATE and row.state == "accepted"
    await people.hold(tx, row.person_id)
    moved = await answer_rows.reject(tx, row, work.now, stays=stays)
    if row.key is None:
        return "erased"
    if stays:
        return "known"
    if not moved:
        return "noted"
    if not row.is_last:
        return "older"
    if not row.is_in_range:
        return "left"
    if row.choice == "worker" and await _asked(work, tx, one, row):
        return "asked"
    await _give_to_staff(work, tx, row)
    return "county" if row.choice == "county" else "station"


async def _asked(work: Work, tx: Transaction, one: Import, row: Waiting) -> bool:
    """Ask the worker about the answer that the reason names; False where that cannot be done."""
    key = row.key
    report = None if key is None else await reports.latest(tx, row.person_id, key)
    chat_id = await reviews.chat_to_ask(tx, row.person_id)
    if key is None or report is None or chat_id is None:
        return False
    path, title = await _asked_about(work, tx, report, row)
    if not path:
        return False
    words = work.world.texts("platform.asks")
    by = (one.taken_by or one.created_by).removeprefix("staff:")
    await reviews.ask(tx, report, key, path=path, words=words, by=by, is_told=True, now=work.now)
    form = await work.world.shelf.get(tx, report.form_hash)
    name = by_role(form, report.answers).get("name", "")
    post = Post("returned", words=words, about=tag_of(row.person_id), name=name, line=title)
    await outbox.put(tx, chat_id, row.person_id, post, work.now)
    return True


async def _asked_about(
    work: Work, tx: Transaction, report: Report, row: Waiting
) -> tuple[str, str]:
    """Return path and title of the first named answer that can be asked again; "" for none."""
    form = await work.world.shelf.get(tx, report.form_hash)
    for role in row.roles:
        path = form.roles.get(role, "")
        title = title_at(work.world, form, report, path, work.now) if path else ""
        if title:
            return path, title
    return "", ""


async def _give_to_staff(work: Work, tx: Transaction, row: Waiting) -> None:
    """Put somebody on the list of who can mend it, with what the platform said."""
    place = row.county_id if row.choice == "county" else row.place_id
    case_id = await cases.open_about(tx, REJECTED, row.person_id)
    if case_id is None:
        case_id = await cases.open(
            tx, kind=REJECTED, township_id=place, person_id=row.person_id, now=work.now
        )
    case = await cases.get(tx, case_id)
    if case is not None and row.words:
        await case_steps.add(
            tx, case, by="system", outcome=case_steps.TOLD, note=row.words, now=work.now
        )


def counts_of(came: Mapping[str, int]) -> dict[str, int]:
    """Return what became of refused rows, for a page: all keys, 0 where there is none."""
    keys = ("asked", "station", "county", "older", "noted", "known", "left", "erased")
    return {key: came.get(key, 0) for key in keys}
