"""How an account of the staff is called."""

from typing import Final

from bot.render.page import Page
from bot.render.words import day_in_words
from conversations.lobby.accounts import Account

_ROLES: Final = {
    "station": "staff.accounts.role_station",
    "county": "staff.accounts.role_county",
    "city": "staff.accounts.role_city",
    "province": "staff.accounts.role_province",
    "operator": "staff.accounts.role_operator",
    "auditor": "staff.accounts.role_auditor",
}


def place_of(page: Page, name: str) -> str:
    """Return the name of a place; "" is the province."""
    return name or page.texts("staff.accounts.province")


def role_of(page: Page, role: str) -> str:
    """Return what a role is called."""
    return page.texts(_ROLES[role])


def name_of(page: Page, one: Account) -> str:
    """Return the name of whoever an account is for, as far as it is known."""
    return one.name or page.texts("staff.accounts.nameless")


def who(page: Page, one: Account) -> str:
    """Return an account in words: name, place, role and state."""
    return page.texts(
        "staff.accounts.line",
        name=name_of(page, one),
        place=place_of(page, one.place),
        role=role_of(page, one.role),
        state=_state(page, one),
    )


def short(page: Page, one: Account) -> str:
    """Return an account as a button names it."""
    name, place = name_of(page, one), place_of(page, one.place)
    return page.texts("staff.accounts.b_account", name=name, place=place)


def _state(page: Page, one: Account) -> str:
    if one.state == "invited":
        return page.texts("staff.accounts.state_invited")
    if one.state == "suspended":
        return page.texts("staff.accounts.state_suspended")
    if one.seen_on is None:
        return page.texts("staff.accounts.state_active")
    return page.texts("staff.accounts.state_seen", day=day_in_words(page.texts, one.seen_on))
