"""Role by scope by action: each yes and each no, against the table written by hand."""

from itertools import product

import pytest

from bot.places import load_places
from bot.staff.access import above, around
from conversations.scope import Action, Mandate, decide, may_stand_in
from tests.staff.matrix import (
    ACCOUNTS,
    ALLOWED,
    FAR,
    IN_CHARGE,
    NAMED,
    PLACES,
    REACHED,
    ROLES,
    own,
)

DIVISIONS = load_places()
LOOKS = {"list.see", "person.see", "progress.see", "progress.villages"}


def _decided(action: Action, mandates: tuple[Mandate, ...], place: str, *, viewing: bool) -> bool:
    near = around(DIVISIONS, place)
    return decide(action, mandates, place, near, is_viewing=viewing) is not None


def test_the_table_names_every_action() -> None:
    assert {str(action) for action in Action} == NAMED


@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_the_table_says_and_where_its_scope_reaches(role: str) -> None:
    for action, place in product(Action, PLACES):
        wanted = (role, action) in ALLOWED and place in REACHED[role]
        assert _decided(action, (own(role),), place, viewing=False) == wanted, (action, place)


@pytest.mark.parametrize("role", ROLES)
def test_whoever_looks_at_a_desk_only_looks(role: str) -> None:
    for action, place in product(Action, PLACES):
        wanted = (role, action) in ALLOWED and place in REACHED[role] and action in LOOKS
        assert _decided(action, (own(role),), place, viewing=True) == wanted, (action, place)


@pytest.mark.parametrize("role", ROLES)
def test_a_deputy_has_the_rights_of_both_and_the_audit_learns_whose(role: str) -> None:
    lent = Mandate("absent", "station", FAR)
    for action, place in product(Action, PLACES):
        found = decide(action, (own(role), lent), place, around(DIVISIONS, place))
        by_own = (role, action) in ALLOWED and place in REACHED[role]
        by_other = ("station", action) in ALLOWED and place == FAR
        wanted = own(role) if by_own else lent if by_other else None
        assert found == wanted, (action, place)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", IN_CHARGE)
def test_accounts_are_the_business_of_the_level_above(role: str, action: Action) -> None:
    me = own(role)
    for account, holders in ACCOUNTS.items():
        near = above(DIVISIONS, account.scope_id)
        wanted = (role, account.role) in IN_CHARGE[action] and me.scope_id in holders
        found = decide(action, (me,), account.scope_id, near, account=account)
        assert found == (me if wanted else None), account
        seen = decide(action, (me,), account.scope_id, near, is_viewing=True, account=account)
        assert seen is None


@pytest.mark.parametrize("role", ROLES)
def test_everybody_finds_a_deputy_for_themself_only(
    role: str,
) -> None:
    me, lent = own(role), Mandate("absent", "station", FAR)
    near = above(DIVISIONS, me.scope_id)
    assert decide(Action.DEPUTIZE, (me, lent), me.scope_id, near, account=me) == me
    assert decide(Action.SUSPEND, (me,), me.scope_id, near, account=me) == (
        me if role == "operator" else None
    )
    far = above(DIVISIONS, FAR)
    found = decide(Action.DEPUTIZE, (me, lent), FAR, far, account=lent)
    assert found == (me if role == "operator" else None)


def test_only_the_same_role_or_a_higher_one_stands_in() -> None:
    pairs = {
        *((role, role) for role in ROLES),
        *(("county", "station"), ("city", "station"), ("province", "station")),
        *(("city", "county"), ("province", "county"), ("province", "city")),
    }
    assert {pair for pair in product(ROLES, ROLES) if may_stand_in(*pair)} == pairs
