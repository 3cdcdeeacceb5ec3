"""Who stands in for whom, in words and buttons."""

from typing import Final, assert_never

from bot.render.desk.naming import name_of, short
from bot.render.page import Page
from bot.render.words import day_in_words
from conversations.desk_errands import Area, desk_press
from conversations.lobby import accounts as on

_SPANS: Final = (1, 3, 7, 15)


def render_absence(page: Page, event: on.AbsenceEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.DeputiesShown():
            _on_deputies(page, event)
        case on.DaysAsked():
            _on_days(page, event)
        case on.DeputySet():
            page.say(
                "staff.accounts.deputy_set",
                first=day_in_words(page.texts, event.from_on),
                last=day_in_words(page.texts, event.until_on),
                deputy=short(page, event.deputy),
                absent=short(page, event.absent),
            )
            label = page.texts("staff.accounts.b_list")
            page.close([[page.labelled(label, desk_press(Area.ACCOUNTS))]])
        case _:
            assert_never(event)


def _on_deputies(page: Page, event: on.DeputiesShown) -> None:
    if event.is_own:
        page.say("staff.accounts.deputies_own")
    else:
        page.say("staff.accounts.deputies", who=short(page, event.absent))
    rows = []
    for one in event.deputies:
        first, last = (day_in_words(page.texts, day) for day in (one.from_on, one.until_on))
        page.say("staff.accounts.deputy", who=short(page, one.deputy), first=first, last=last)
        label = page.texts("staff.accounts.b_no", who=name_of(page, one.deputy))
        press = desk_press(Area.ACCOUNTS, "no", event.absent.tag + one.deputy.tag)
        rows.append([page.labelled(label, press)])
    if not event.candidates:
        page.say("staff.accounts.no_candidates")
    for candidate in event.candidates:
        label = page.texts("staff.accounts.b_by", who=short(page, candidate))
        press = desk_press(Area.ACCOUNTS, "by", event.absent.tag + candidate.tag)
        rows.append([page.labelled(label, press)])
    back = page.labelled(page.texts("staff.accounts.b_list"), desk_press(Area.ACCOUNTS))
    page.close([*rows, [back]])


def _on_days(page: Page, event: on.DaysAsked) -> None:
    if event.is_unclear:
        page.say("staff.accounts.days_unclear")
    page.say("staff.accounts.days_asked", who=short(page, event.deputy))
    row = [
        page.labelled(
            page.texts("staff.accounts.b_days", count=str(count)),
            desk_press(Area.ACCOUNTS, "for", str(count)),
        )
        for count in _SPANS
    ]
    page.close([row])
