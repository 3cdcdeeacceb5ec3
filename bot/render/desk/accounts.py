"""The accounts of the staff, in words and buttons."""

from typing import assert_never

from bot.messages import Button
from bot.render.desk.absence import render_absence
from bot.render.desk.inviting import render_inviting
from bot.render.desk.looking import render_looking
from bot.render.desk.naming import place_of, role_of, short, who
from bot.render.page import Page
from conversations.desk_errands import Area, desk_press
from conversations.lobby import accounts as on
from conversations.talk import TalkWish, talk_press


def render_accounts(page: Page, event: on.AccountEvent) -> None:
    """Put what this event says on the page."""
    if isinstance(event, on.InvitingEvent):
        render_inviting(page, event)
    elif isinstance(event, on.AbsenceEvent):
        render_absence(page, event)
    elif isinstance(event, on.LookingEvent):
        render_looking(page, event)
    else:
        _render_list(page, event)


def _render_list(page: Page, event: on.ListEvent) -> None:
    match event:
        case on.AccountsShown():
            _on_list(page, event)
        case on.AccountShown():
            _on_account(page, event)
        case on.AccountMissed():
            page.say("staff.accounts.missed")
            page.close([[_list(page)]])
        case on.SuspendAsked():
            page.say("staff.accounts.suspend_asked", who=short(page, event.account))
            yes = desk_press(Area.ACCOUNTS, "offy", event.account.tag)
            no = desk_press(Area.ACCOUNTS, "one", event.account.tag)
            label = page.texts("staff.accounts.b_suspend_no")
            confirm = page.labelled(page.texts("staff.accounts.b_suspend_yes"), yes)
            page.close([[page.labelled(label, no)], [confirm]])
        case on.AccountSuspended():
            page.say("staff.accounts.suspended", who=short(page, event.account))
            page.close([[_list(page)]])
        case _:
            assert_never(event)


def _on_list(page: Page, event: on.AccountsShown) -> None:
    own = event.own
    page.say(
        "staff.accounts.heading", place=place_of(page, own.place), role=role_of(page, own.role)
    )
    for one in event.lent:
        page.say("staff.accounts.lent", who=short(page, one))
    if event.accounts:
        page.say("staff.accounts.below")
    elif event.can_invite:
        page.say("staff.accounts.nobody")
    for one in event.accounts:
        page.lines.append(who(page, one))
    rows = [
        [page.labelled(short(page, one), desk_press(Area.ACCOUNTS, "one", one.tag))]
        for one in event.accounts
    ]
    page.close([*rows, _pages(page, event), *_own(page, event)])


def _pages(page: Page, event: on.AccountsShown) -> list[Button]:
    row = []
    if event.page > 0:
        press = desk_press(Area.ACCOUNTS, "pg", str(event.page - 1))
        row.append(page.labelled(page.texts("staff.accounts.b_before"), press))
    if event.page + 1 < event.pages:
        press = desk_press(Area.ACCOUNTS, "pg", str(event.page + 1))
        row.append(page.labelled(page.texts("staff.accounts.b_after"), press))
    return row


def _own(page: Page, event: on.AccountsShown) -> list[list[Button]]:
    """Return the buttons about oneself; whoever only looks on has none."""
    desk = page.button("desk", talk_press(TalkWish.DESK))
    if page.mark:
        return [[desk]]
    invite = page.texts("staff.accounts.b_invite")
    first = [page.labelled(invite, desk_press(Area.ACCOUNTS, "new"))] if event.can_invite else []
    devices = page.texts("staff.accounts.b_devices")
    deputy = page.texts("staff.accounts.b_deputy")
    return [
        first,
        [
            page.labelled(devices, desk_press(Area.ACCOUNTS, "dev")),
            page.labelled(deputy, desk_press(Area.ACCOUNTS, "dep")),
        ],
        [desk],
    ]


def _on_account(page: Page, event: on.AccountShown) -> None:
    tag = event.account.tag
    page.lines.append(who(page, event.account))
    rows = []
    if event.can_view:
        label = page.texts("staff.accounts.b_view")
        rows.append([page.labelled(label, desk_press(Area.ACCOUNTS, "view", tag))])
    if event.can_deputize:
        label = page.texts("staff.accounts.b_stand_in")
        rows.append([page.labelled(label, desk_press(Area.ACCOUNTS, "dep", tag))])
    if event.can_renew:
        label = page.texts("staff.accounts.b_again")
        rows.append([page.labelled(label, desk_press(Area.ACCOUNTS, "again", tag))])
    if event.can_resume:
        label = page.texts("staff.accounts.b_resume")
        rows.append([page.labelled(label, desk_press(Area.ACCOUNTS, "on", tag))])
    if event.can_suspend:
        label = page.texts("staff.accounts.b_suspend")
        rows.append([page.labelled(label, desk_press(Area.ACCOUNTS, "off", tag))])
    page.close([*rows, [_list(page)]])


def _list(page: Page) -> Button:
    return page.labelled(page.texts("staff.accounts.b_list"), desk_press(Area.ACCOUNTS))
