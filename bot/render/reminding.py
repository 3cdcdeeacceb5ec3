"""Reminders in words and buttons: the prompt itself, and when it may come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, assert_never

from bot.messages import Button, Message
from bot.render.page import Page
from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.buttons import encode
from conversations.ladder import Wording
from conversations.lobby import reminding as on
from conversations.lobby.subject import Subject
from conversations.lobby.wishes import Wish, menu_press
from conversations.reminders import NEVER, Delay, Preference

_MID_MONTH: Final = 15
_WEEKDAYS: Final = (
    "reminding.monday",
    "reminding.tuesday",
    "reminding.wednesday",
    "reminding.thursday",
    "reminding.friday",
    "reminding.saturday",
    "reminding.sunday",
)
_IN_A_ROW: Final = 4
_PROMPTS: Final[dict[Wording, str]] = {
    "yearly": "reminder.due",
    "nudge": "reminder.nudge",
    "another": "reminder.another",
}


def prompt_message(texts: Texts, tag: str, today: date, wording: Wording = "yearly") -> Message:
    """Return a prompt of the yearly update; it names nobody, for a phone may be shared."""

    def button(key: str, wish: Wish, choice: str = "") -> Button:
        argument = f"{tag}-{choice}" if choice else tag
        return Button(texts(f"button.{key}"), encode(menu_press(wish, argument)))

    update = encode(menu_press(Wish.UPDATE, tag))
    middle = "mid_month" if today.day < _MID_MONTH else "next_mid_month"
    rows = (
        (Button(texts("button.update"), update, "primary"),),
        (button("tonight", Wish.LATER, Delay.TONIGHT), button("sunday", Wish.LATER, Delay.SUNDAY)),
        (button(middle, Wish.LATER, Delay.MID_MONTH),),
        (button("feast", Wish.LATER, Delay.SPRING_FESTIVAL),),
        (button("not_me", Wish.NOT_ME), button("why_reminded", Wish.WHY_REMINDED)),
        (button("no_more", Wish.MUTE, "never"),),
    )
    return Message(f"{texts(_PROMPTS[wording])}\n\n{texts('reminder.later')}", rows)


def unfinished_message(texts: Texts, open_now: Sequence[Message]) -> Message:
    """Return the open question of an interview that was left, after a line that says so."""
    if not open_now:
        return Message(texts("reminder.unfinished"))
    *before, last = open_now
    lines = (texts("reminder.unfinished"), *(message.text for message in before), last.text)
    return replace(last, text="\n\n".join(lines))


def render_reminding(page: Page, event: on.RemindingEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.RemindersShown():
            _on_shown(page, event)
        case on.PauseAsked():
            _on_pause(page, event)
        case on.WeekdayAsked():
            _on_weekday(page, event.subject)
        case on.HourAsked():
            _on_hour(page, event)
        case on.ReminderPutOff():
            when = _moment(page.texts, event.at, at_hour=event.at_hour)
            page.say("reminding.put_off", when=when)
        case on.ReminderGone():
            page.say("reminding.gone")
            page.close([[page.button("record", menu_press(Wish.RECORD))]])
        case on.ReminderExplained():
            _on_explained(page, event)
        case on.NotMeAsked():
            _on_not_me(page, event)
        case on.PersonParted():
            page.say("reminding.parted")
            page.close([[page.button("first_report", menu_press(Wish.NEW))]])
        case _:
            assert_never(event)


def _on_shown(page: Page, event: on.RemindersShown) -> None:
    tag, chosen = event.subject.tag, event.preference
    if event.is_changed:
        page.say("reminding.changed")
    if not event.can_prompt:
        page.say("reminding.page")
        page.close([[page.button("to_record", menu_press(Wish.RECORD, tag))]])
        return
    page.lines.append(_standing(page.texts, event))
    until = chosen.paused_until
    if until is not None and until != NEVER:
        page.say("reminding.paused", date=day_in_words(page.texts, until))
    if until != NEVER and (chosen.weekday is not None or chosen.hour is not None):
        page.say("reminding.own_time", time=_own_time(page.texts, chosen))
    page.close(_choices(page, event), input_hint="none")


def _standing(texts: Texts, event: on.RemindersShown) -> str:
    name, until = event.subject.name, event.preference.paused_until
    if until == NEVER:
        return texts("reminding.never", name=name)
    if event.next_at is None:
        return texts("reminding.none", name=name)
    at_hour = event.preference.hour is not None
    when = _moment(texts, event.next_at, at_hour=at_hour)
    return texts("reminding.next", name=name, when=when)


def _choices(page: Page, event: on.RemindersShown) -> list[list[Button]]:
    tag = event.subject.tag
    rows: list[list[Button]] = []
    if event.preference.paused_until != NEVER:
        rows.append([page.button("own_time", menu_press(Wish.ASK_WEEKDAY, tag))])
    if event.preference.paused_until is None:
        rows.append([page.button("quiet", menu_press(Wish.ASK_PAUSE, tag))])
    else:
        rows.append([page.button("remind_again", menu_press(Wish.MUTE, f"{tag}-none"), "primary")])
    # Whoever wants no reminders may well be somebody who need not fill in any more.
    if event.preference.paused_until == NEVER:
        rows.append([page.button("leave", menu_press(Wish.LEAVE, tag))])
    rows.append([page.button("to_record", menu_press(Wish.RECORD, tag))])
    return rows


def _on_pause(page: Page, event: on.PauseAsked) -> None:
    tag = event.subject.tag
    page.say("reminding.pause")

    def until(key: str, day: date) -> list[Button]:
        return [page.button(key, menu_press(Wish.MUTE, f"{tag}-{day:%Y%m%d}"))]

    page.close(
        [
            until("for_a_month", event.month),
            until("for_a_quarter", event.quarter),
            until("till_after_feast", event.after_feast),
            [page.button("no_more", menu_press(Wish.MUTE, f"{tag}-never"))],
            [page.button("to_record", menu_press(Wish.RECORD, tag))],
        ],
        input_hint="none",
    )


def _on_weekday(page: Page, subject: Subject) -> None:
    page.say("reminding.which_day")
    days = [
        page.labelled(page.texts(key), menu_press(Wish.ASK_HOUR, f"{subject.tag}-{day}"))
        for day, key in enumerate(_WEEKDAYS)
    ]
    anyday = page.button("any_day", menu_press(Wish.ASK_HOUR, f"{subject.tag}-any"))
    page.close([days[:_IN_A_ROW], days[_IN_A_ROW:], [anyday]], input_hint="none")


def _on_hour(page: Page, event: on.HourAsked) -> None:
    page.say("reminding.which_hour")
    day = "any" if event.weekday is None else str(event.weekday)
    start = f"{event.subject.tag}-{day}"
    hours = [
        page.labelled(
            hour_in_words(page.texts, hour), menu_press(Wish.SET_TIME, f"{start}-{hour}")
        )
        for hour in event.hours
    ]
    rows = [hours[first : first + 3] for first in range(0, len(hours), 3)]
    rows.append([page.button("any_hour", menu_press(Wish.SET_TIME, f"{start}-any"))])
    page.close(rows, input_hint="none")


def _on_explained(page: Page, event: on.ReminderExplained) -> None:
    day = day_in_words(page.texts, event.reported_on)
    page.say("reminding.why", date=day, times=str(max(1, event.times)))
    update = page.button("update", menu_press(Wish.UPDATE, event.tag), "primary")
    no_more = page.button("no_more", menu_press(Wish.MUTE, f"{event.tag}-never"))
    page.close([[update], [no_more]], input_hint="none")


def _on_not_me(page: Page, event: on.NotMeAsked) -> None:
    page.say("reminding.not_me")
    yes = page.button("not_me_yes", menu_press(Wish.NOT_ME_SURE, event.tag), "danger")
    no = page.button("not_me_no", menu_press(Wish.DISMISS))
    page.close([[no], [yes]], input_hint="none")


def hour_in_words(texts: Texts, hour: int) -> str:
    """Return 上午9点 or 下午3点, as people say it."""
    if hour < 12:
        return texts("reminding.morning", hour=str(hour))
    if hour < 14:
        return texts("reminding.noon", hour=str(hour if hour == 12 else hour - 12))
    key = "reminding.afternoon" if hour < 18 else "reminding.evening"
    return texts(key, hour=str(hour - 12))


def _moment(texts: Texts, at: datetime, *, at_hour: bool) -> str:
    """Return the day, with the hour only where somebody chose it: else it is a hash of ours."""
    weekday = texts(_WEEKDAYS[at.weekday()])
    hour = hour_in_words(texts, at.hour) if at_hour else ""
    return texts(
        "reminding.moment", date=day_in_words(texts, at.date()), weekday=weekday, hour=hour
    )


def _own_time(texts: Texts, chosen: Preference) -> str:
    day = "" if chosen.weekday is None else texts(_WEEKDAYS[chosen.weekday])
    return day + ("" if chosen.hour is None else hour_in_words(texts, chosen.hour))
