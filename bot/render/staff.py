"""The desk of the staff in words and buttons."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.desk.naming import place_of, role_of
from bot.render.page import Page
from conversations.desk_errands import Area, desk_press
from conversations.lobby import talks as on
from conversations.lobby.wishes import Wish, menu_press
from conversations.talk import TalkWish, talk_press

_A_DAY: Final = 24
_MENUS: Final = {
    Area.ACCOUNTS: "staff.accounts.menu",
    Area.FOLLOW_UPS: "staff.followups.menu",
    Area.WORK_LIST: "staff.worklist.menu",
    Area.ENTRY: "staff.entry.menu",
    Area.CHECKING: "staff.checking.menu",
    Area.CONSOLE: "staff.console.menu",
}


def render_staff_event(page: Page, event: on.StaffEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.StaffWelcomed():
            _on_welcomed(page, event)
        case on.StaffCodeRefused():
            page.say("staff.code_limited" if event.limited else "staff.code_refused")
        case on.DeskShown():
            _on_desk(page, event)
        case on.TalkTaken():
            _on_taken(page, event)
        case on.TalkMissed():
            page.say("staff.missed")
        case on.TalkBusy():
            page.say("staff.other_busy" if event.is_other else "staff.busy")
        case on.TalkClosed():
            page.say("staff.closed", number=str(event.number))
        case on.LineLost():
            page.say("staff.lost")
        case on.WordsOnly():
            page.say("staff.words_only")
        case on.VoiceSent():
            page.say("staff.voices", count=str(event.count))
            done = page.button("case_done", talk_press(TalkWish.DONE, event.tag), "success")
            page.close([[done], [page.button("desk", talk_press(TalkWish.DESK))]])
        case on.CaseDone():
            page.say("staff.done")
        case on.CaseMissed():
            page.say("staff.case_missed")
        case _:
            assert_never(event)


def _on_welcomed(page: Page, event: on.StaffWelcomed) -> None:
    place = place_of(page, event.station)
    if event.role == "station":
        page.say("staff.welcome", station=place)
    else:
        page.say("staff.welcome_other", station=place, role=role_of(page, event.role))
    page.close([[page.button("desk", talk_press(TalkWish.DESK), "primary")]])


def _on_taken(page: Page, event: on.TalkTaken) -> None:
    number = str(event.number)
    page.say("staff.called_back" if event.is_call else "staff.taken", number=number)
    for line in event.lines:
        key = "staff.own_line" if line.by_staff else "staff.their_line"
        page.say(key, number=number, words=line.words)
    page.close([[page.button("end_talk", talk_press(TalkWish.END), "danger")]], protect=True)


def _on_desk(page: Page, event: on.DeskShown) -> None:
    if event.role == "station":
        page.say("staff.desk", station=event.station)
    else:
        where, role = place_of(page, event.station), role_of(page, event.role)
        page.say("staff.desk_other", station=where, role=role)
    rows = []
    if event.talking is not None:
        page.say("staff.talking", number=str(event.talking))
        rows.append([page.button("end_talk", talk_press(TalkWish.END), "danger")])
    for caller in event.waiting:
        number = str(caller.number)
        page.say("staff.waiting", number=number, minutes=str(caller.minutes))
        press = talk_press(TalkWish.TAKE, caller.tag)
        rows.append([page.button("take", press, "success", number=number)])
    for place, case in enumerate(event.cases, 1):
        page.say("staff.case", place=str(place), what=_kind(page, case), since=_since(page, case))
        rows.append(_case_buttons(page, str(place), case))
    if not event.waiting and not event.cases:
        page.say("staff.nothing")
    if event.to_do:
        page.say("staff.to_do", count=str(event.to_do))
    if event.to_check:
        page.say("staff.to_check", count=str(event.to_check))
    again = page.button("desk_again", talk_press(TalkWish.DESK))
    own = page.button("own_report", menu_press(Wish.NEW))
    page.close([*rows, *_areas(page, event), [again, own]])


def _areas(page: Page, event: on.DeskShown) -> list[list[Button]]:
    """Return the buttons of the parts of the work, two in a row."""
    buttons = [page.labelled(page.texts(_MENUS[area]), desk_press(area)) for area in event.areas]
    return [buttons[first : first + 2] for first in range(0, len(buttons), 2)]


def _kind(page: Page, case: on.OpenCase) -> str:
    match case.kind:
        case "human":
            return page.texts("staff.kind_human")
        case "voice":
            return page.texts("staff.kind_voice")
        case "many_people":
            return page.texts("staff.kind_many_people")
        case _:
            return page.texts("staff.kind_not_me")


def _since(page: Page, case: on.OpenCase) -> str:
    if case.hours < 1:
        return page.texts("staff.since_now")
    if case.hours >= _A_DAY:
        return page.texts("staff.since_days", days=str(case.hours // _A_DAY))
    return page.texts("staff.since_hours", hours=str(case.hours))


def _case_buttons(page: Page, place: str, case: on.OpenCase) -> list[Button]:
    row = []
    if case.kind == "voice":
        row.append(page.button("hear_note", talk_press(TalkWish.HEAR, case.tag), place=place))
    if case.can_call:
        row.append(page.button("call_back", talk_press(TalkWish.CALL, case.tag), place=place))
    row.append(page.button("done_with", talk_press(TalkWish.DONE, case.tag), place=place))
    return row
