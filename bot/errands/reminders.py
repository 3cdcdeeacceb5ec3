"""Reminders in one's own time: put off, paused, on a day and hour of one's own, or not here."""

from datetime import date, datetime, timedelta
from typing import Final

from bot.desk import Desk, Step
from bot.errands.opening import open_state
from bot.known import Known
from conversations.hours import full_hours
from conversations.lobby.reminding import (
    HourAsked,
    NotMeAsked,
    PauseAsked,
    PersonParted,
    ReminderExplained,
    ReminderGone,
    ReminderPutOff,
    RemindersShown,
    WeekdayAsked,
)
from conversations.lobby.wishes import Errand, Wish
from conversations.reminders import LASTS, NEVER, Delay, after_feast, due_at, put_off_until
from conversations.sending import NOT_AT_THIS_PHONE, PAUSED, PUT_OFF, WANTS_NONE
from storage import audits, cases, household, preferences, reminders
from storage.reminder_rows import Reminder

_LONGEST_PAUSE: Final = timedelta(days=731)
_ALL_CYCLES: Final = 9999
_OPEN: Final = frozenset(("planned", "sent", "unknown", "failed", "muted", "expired"))
_ANY: Final = "any"
_INVITATION: Final = 1


async def about_reminders(desk: Desk, one: Known, errand: Errand) -> Step:
    """Do what is wished about the reminders of one person; what is forged shows how they stand."""
    match errand.wish:
        case Wish.LATER:
            return await _put_off(desk, one, errand.choice)
        case Wish.WHY_REMINDED:
            return await _explain(desk, one)
        case Wish.NOT_ME:
            return Step((NotMeAsked(one.shown.tag),), open_state(desk))
        case Wish.NOT_ME_SURE:
            return await _part(desk, one)
        case Wish.ASK_PAUSE:
            return Step((_pause_asked(desk, one),), open_state(desk))
        case Wish.MUTE:
            return await _mute(desk, one, errand.choice)
        case Wish.ASK_WEEKDAY:
            return Step((WeekdayAsked(one.subject),), open_state(desk))
        case Wish.ASK_HOUR | Wish.SET_TIME:
            return await _choose_time(desk, one, errand)
        case _:
            return await _show(desk, one)


async def _show(desk: Desk, one: Known, *, is_changed: bool = False) -> Step:
    rows = await reminders.of_person(desk.tx, one.person_id)
    planned = [row.due_at for row in rows if row.state == "planned"]
    # A page cannot be written to, but the person may have another chat that can.
    other = await household.other_chat(desk.tx, one.person_id, desk.chat.id)
    zone = desk.world.zone
    shown = RemindersShown(
        one.subject,
        await preferences.get(desk.tx, one.person_id),
        min(planned).astimezone(zone) if planned else None,
        can_prompt=desk.can_prompt or other is not None,
        is_changed=is_changed,
    )
    return Step((shown,), open_state(desk))


async def _explain(desk: Desk, one: Known) -> Step:
    """Say why a prompt came, from the ledger."""
    rows = await reminders.of_person(desk.tx, one.person_id)
    cycle = max((row.cycle for row in rows if row.sent_at is not None), default=0)
    times = sum(row.sent_at is not None for row in rows if row.cycle == cycle)
    explained = ReminderExplained(one.shown.tag, one.shown.reported_on, times)
    return Step((explained,), open_state(desk))


async def _put_off(desk: Desk, one: Known, word: str) -> Step:
    """Plan the last reminder anew; one that a report answered, or none at all, stays as it is."""
    row = await _last(desk, one)
    if row is None or word not in set(Delay) or one.person.state != "active":
        return Step((ReminderGone(),), open_state(desk))
    preference = await preferences.get(desk.tx, one.person_id)
    world, delay = desk.world, Delay(word)
    at = put_off_until(
        delay, desk.now, one.person_id, world.hours, world.zone, preference=preference
    )
    reason = f"{PUT_OFF}{delay.name.lower()}"
    if not await _move(desk, row, at, reason, desk.chat.id):
        return Step((ReminderGone(),), open_state(desk))
    # Whoever wants it later wants it after all.
    await preferences.pause(desk.tx, one.person_id, None)
    await reminders.call_off_after(desk.tx, row, reason)
    at_hour = delay is Delay.TONIGHT or preference.hour is not None
    return Step((ReminderPutOff(at.astimezone(world.zone), at_hour),), open_state(desk))


async def _last(desk: Desk, one: Known) -> Reminder | None:
    """Return the prompt that the person has in mind, of whatever kind: the last that went out.

    None when a report answered it, or this chat cannot be written to.
    """
    sent = [
        (row.sent_at, row)
        for row in await reminders.of_person(desk.tx, one.person_id)
        if row.sent_at is not None
    ]
    last = max(sent, key=lambda found: found[0])[1] if sent else None
    return last if last is not None and last.state in _OPEN and desk.can_prompt else None


async def _latest(desk: Desk, one: Known) -> list[Reminder]:
    """Return the furthest step of each cycle: what came before it is over."""
    furthest: dict[tuple[str, int], Reminder] = {}
    for row in sorted(await reminders.of_person(desk.tx, one.person_id), key=lambda row: row.step):
        is_over = row.state == "cleared" and (row.kind, row.cycle) in furthest
        if not is_over:
            furthest[row.kind, row.cycle] = row
    return [row for row in furthest.values() if _is_yearly(row)]


def _is_yearly(row: Reminder) -> bool:
    return row.kind == "yearly"


async def _mute(desk: Desk, one: Known, choice: str) -> Step:
    until = _pause_in(choice, _today(desk))
    if until is None and choice != "none":
        return await _show(desk, one)
    await preferences.pause(desk.tx, one.person_id, until)
    await audits.write(
        desk.tx,
        actor=f"chat:{desk.chat.id}",
        action="mute",
        scope=f"person:{one.person_id}",
        now=desk.now,
    )
    await _plan_anew(desk, one)
    return await _show(desk, one, is_changed=True)


async def _choose_time(desk: Desk, one: Known, errand: Errand) -> Step:
    day, _, hour = errand.choice.partition("-")
    hours = full_hours(desk.world.hours)
    is_day = day == _ANY or day in set("0123456")
    if not is_day:
        return Step((WeekdayAsked(one.subject),), open_state(desk))
    weekday = None if day == _ANY else int(day)
    if errand.wish is Wish.ASK_HOUR or (hour != _ANY and hour not in map(str, hours)):
        return Step((HourAsked(one.subject, weekday, hours),), open_state(desk))
    chosen = None if hour == _ANY else int(hour)
    await preferences.set_time(desk.tx, one.person_id, weekday, chosen)
    await _plan_anew(desk, one)
    return await _show(desk, one, is_changed=True)


async def _plan_anew(desk: Desk, one: Known) -> None:
    """Move what is planned to where it belongs under what the person wishes now."""
    preference = await preferences.get(desk.tx, one.person_id)
    if preference.paused_until == NEVER:
        await reminders.end_open(desk.tx, one.person_id, _ALL_CYCLES, "muted", WANTS_NONE)
        return
    for row in await _latest(desk, one):
        is_muted = row.state == "muted" and row.reason == WANTS_NONE
        if row.state == "planned" or (is_muted and one.person.state == "active"):
            reason = PAUSED if preference.is_paused(_today(desk)) else ""
            at = await _due(desk, one, row)
            await _move(desk, row, at, row.reason if _is_put_off(row) else reason, row.chat_id)


async def _due(desk: Desk, one: Known, row: Reminder) -> datetime:
    """Return when a row is due: on its day or the one it was put off to, but not in the past."""
    world = desk.world
    preference = await preferences.get(desk.tx, one.person_id)
    on = row.due_at.astimezone(world.zone).date()
    if row.step == _INVITATION and not _is_put_off(row) and one.person.due is not None:
        on = one.person.due.on
    at = due_at(max(on, _today(desk)), one.person_id, world.hours, world.zone, preference)
    if at > desk.now:
        return at
    tomorrow = _today(desk) + timedelta(days=1)
    return due_at(tomorrow, one.person_id, world.hours, world.zone, preference)


async def _part(desk: Desk, one: Known) -> Step:
    """Let this chat have nothing to do with the person: the phone is somebody else's now.

    What was planned goes to another chat of the person that can be written to, if there is one.
    """
    other = await household.other_chat(desk.tx, one.person_id, desk.chat.id)
    for row in await _latest(desk, one):
        if row.chat_id == desk.chat.id and row.state in ("planned", "claimed", "sent"):
            if other is not None and row.state != "claimed":
                await _move(desk, row, await _due(desk, one, row), NOT_AT_THIS_PHONE, other)
            else:
                await reminders.mark(
                    desk.tx,
                    row.id,
                    was=row.state,
                    state="muted",
                    reason=NOT_AT_THIS_PHONE,
                )
    await household.part(desk.tx, one.person_id, desk.chat.id, NOT_AT_THIS_PHONE)
    if await cases.open_about(desk.tx, "not_me", one.person_id) is None:
        await cases.open(
            desk.tx,
            kind="not_me",
            township_id=one.person.township_id,
            person_id=one.person_id,
            chat_id=desk.chat.id,
            now=desk.now,
        )
    is_open_about = desk.open is not None and desk.open.person_id == one.person_id
    return Step((PersonParted(),), None if is_open_about else open_state(desk))


async def _move(desk: Desk, row: Reminder, at: datetime, reason: str, chat_id: str | None) -> bool:
    return await reminders.move(
        desk.tx, row.id, due_at=at, not_after=at + LASTS, reason=reason, chat_id=chat_id
    )


def _pause_asked(desk: Desk, one: Known) -> PauseAsked:
    today = _today(desk)
    return PauseAsked(
        one.subject,
        today + timedelta(days=30),
        today + timedelta(days=91),
        after_feast(today),
    )


def _pause_in(choice: str, today: date) -> date | None:
    """Return the day that a button carries as YYYYMMDD; None for a day that makes no sense."""
    if choice == "never":
        return NEVER
    try:
        day = date.fromisoformat(choice)
    except ValueError:
        return None
    return day if today < day <= today + _LONGEST_PAUSE else None


def _is_put_off(row: Reminder) -> bool:
    return row.reason.startswith(PUT_OFF)


def _today(desk: Desk) -> date:
    return desk.now.astimezone(desk.world.zone).date()
