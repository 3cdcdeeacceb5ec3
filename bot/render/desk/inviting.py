"""Letting somebody in, and the own devices, in words and buttons."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.desk.naming import place_of
from bot.render.page import Page
from bot.render.words import day_in_words
from conversations.desk_errands import Area, desk_press
from conversations.lobby import accounts as on
from conversations.scope import PROVINCE

_COMMAND: Final = "/staff"


def render_inviting(page: Page, event: on.InvitingEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.WorkplacesOffered():
            _on_offered(page, event)
        case on.NameAsked():
            page.say("staff.accounts.name_asked", place=event.place.name)
            press = desk_press(Area.ACCOUNTS, "go", event.place.id)
            page.close([[page.labelled(page.texts("staff.accounts.b_nameless"), press)]])
        case on.AccountInvited():
            _on_invited(page, event)
        case on.DevicesShown():
            _on_devices(page, event)
        case _:
            assert_never(event)


def _on_offered(page: Page, event: on.WorkplacesOffered) -> None:
    if event.is_unknown:
        page.say("staff.accounts.where_unknown")
    if event.inside is None:
        page.say("staff.accounts.where")
    else:
        page.say("staff.accounts.where_inside", place=event.inside.name)
    rows = []
    if event.inside is not None and event.can_choose:
        label = page.texts("staff.accounts.b_here", place=event.inside.name)
        rows.append([page.labelled(label, desk_press(Area.ACCOUNTS, "go", event.inside.id))])
    buttons = [
        page.labelled(one.name, desk_press(Area.ACCOUNTS, "pk", one.id)) for one in event.places
    ]
    rows += [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    page.close([*rows, _pages(page, event), [_list(page)]])


def _pages(page: Page, event: on.WorkplacesOffered) -> list[Button]:
    inside = PROVINCE if event.inside is None else event.inside.id
    row = []
    if event.page > 0:
        press = desk_press(Area.ACCOUNTS, "pk", f"{inside}-{event.page - 1}")
        row.append(page.labelled(page.texts("staff.accounts.b_before"), press))
    if event.page + 1 < event.pages:
        press = desk_press(Area.ACCOUNTS, "pk", f"{inside}-{event.page + 1}")
        row.append(page.labelled(page.texts("staff.accounts.b_after"), press))
    return row


def _on_invited(page: Page, event: on.AccountInvited) -> None:
    until = day_in_words(page.texts, event.until.date())
    if event.is_device:
        page.say("staff.accounts.device_code", until=until)
    else:
        place = place_of(page, event.place)
        page.say("staff.accounts.invited", place=place, until=until)
    page.close()
    # A message of its own, so that it is forwarded or copied as it is.
    page.lines.append(f"{_COMMAND} {event.code}")
    page.close([[_list(page)]])


def _on_devices(page: Page, event: on.DevicesShown) -> None:
    if event.is_dropped:
        page.say("staff.accounts.device_dropped")
    page.say("staff.accounts.devices")
    rows = []
    for number, one in enumerate(event.devices, 1):
        place = str(number)
        since = page.texts("staff.accounts.since_unknown")
        if one.since is not None:
            since = day_in_words(page.texts, one.since.date())
        if one.is_here:
            page.say("staff.accounts.device_here", place=place, since=since)
            continue
        page.say("staff.accounts.device", place=place, since=since)
        press = desk_press(Area.ACCOUNTS, "drop", one.tag)
        rows.append([page.labelled(page.texts("staff.accounts.b_drop", place=place), press)])
    more = page.labelled(
        page.texts("staff.accounts.b_device_code"), desk_press(Area.ACCOUNTS, "code")
    )
    page.close([*rows, [more], [_list(page)]])


def _list(page: Page) -> Button:
    return page.labelled(page.texts("staff.accounts.b_list"), desk_press(Area.ACCOUNTS))
