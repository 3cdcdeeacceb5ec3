"""The steps of a roster that somebody decides: whether they may is asked here, and audited.

A command takes the same steps in the operator's name, for any place (`Clerk` without staff).
"""

import json
from dataclasses import dataclass

from bot.desk import Office
from bot.places import Places
from bot.staff.access import is_granted_over, mandate_over
from conversations.roster.comparing import Rule
from conversations.roster.mapping import ColumnMapping
from conversations.scope import Action
from storage import audits, column_mappings, roster_imports, roster_rows
from storage.roster_imports import Import, State
from storage.staff import Staff


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who takes the steps: an account, or the operator at the command line (`staff` is None)."""

    actor: str
    staff: Staff | None = None

    async def may(self, office: Office, scope_id: str, about: str, reason: str = "") -> bool:
        """Decide, and write the line of the audit."""
        if self.staff is not None:
            return await is_granted_over(
                office, self.staff, Action.ROSTER, scope_id, about, reason=reason
            )
        await audits.write(
            office.tx,
            actor=self.actor,
            action="roster",
            scope=about,
            now=office.now,
            detail=reason,
        )
        return True


def clerk_of(who: Staff) -> Clerk:
    """Return an account as a clerk."""
    return Clerk(f"staff:{who.id}", who)


def sees(places: Places, who: Staff, one: Import) -> bool:
    """Tell whether an account finds a file on its list; nothing of a person is shown by that."""
    return mandate_over(places, who, Action.ROSTER, one.scope_id) is not None


async def begin(
    office: Office, clerk: Clerk, scope_id: str, name: str, content: bytes, *, reason: str
) -> str | None:
    """Keep a file that came in; None when it may not be brought in for this place."""
    if not await clerk.may(office, scope_id, f"place:{scope_id}", reason):
        return None
    return await roster_imports.begin(
        office.tx, name, content, scope_id=scope_id, reason=reason, by=clerk.actor, now=office.now
    )


async def look_again(office: Office, clerk: Clerk, one: Import, sheet: int) -> bool:
    """Look at another sheet of the file."""
    if not await clerk.may(office, one.scope_id, f"roster:{one.id}", "sheet"):
        return False
    mapping = ColumnMapping(sheet=sheet).model_dump_json()
    kept = await roster_imports.keep_mapping(office.tx, one.id, mapping, office.now)
    return kept and await roster_imports.become(office.tx, one, "looking", office.now)


async def keep_mapping(office: Office, clerk: Clerk, one: Import, mapping: ColumnMapping) -> bool:
    """Keep what the columns mean, remember it for the next file, and let the rows be read."""
    if mapping.missing or mapping.doubled:
        return False
    if not await clerk.may(office, one.scope_id, f"roster:{one.id}", "mapping"):
        return False
    text = mapping.model_dump_json()
    if not await roster_imports.keep_mapping(office.tx, one.id, text, office.now):
        return False
    titles = json.loads(one.head)["titles"] if one.head else []
    # A township or village of one file says nothing of the next one.
    remembered = mapping.model_copy(update={"fixed": {}}).model_dump_json()
    await column_mappings.keep(
        office.tx, "roster", one.scope_id, titles, remembered, by=clerk.actor, now=office.now
    )
    return await roster_imports.become(office.tx, one, "reading", office.now)


async def keep_rule(office: Office, clerk: Clerk, one: Import, rule: Rule) -> bool:
    """Keep whose values count where the file says otherwise than the roster."""
    if not await clerk.may(office, one.scope_id, f"roster:{one.id}", f"rule {rule}"):
        return False
    return await roster_imports.keep_rule(office.tx, one.id, rule, office.now)


async def choose(office: Office, clerk: Clerk, one: Import, line: int, choice: str) -> bool:
    """Keep whose values count for one row."""
    if one.state != "checked" or choice not in ("", "keep", "file"):
        return False
    if not await clerk.may(office, one.scope_id, f"roster:{one.id}", f"line {line} {choice}"):
        return False
    return await roster_rows.choose(office.tx, one.id, line, choice)


async def go_on(office: Office, clerk: Clerk, one: Import, state: State, reason: str = "") -> bool:
    """Take the file over, take it back, map it anew, or drop it.

    What a state does not allow, somebody else was quicker with.
    """
    if (one.state, state) not in _WAYS:
        return False
    if not await clerk.may(office, one.scope_id, f"roster:{one.id}", f"{state} {reason}".strip()):
        return False
    gone = await roster_imports.become(office.tx, one, state, office.now)
    if gone and state in ("dropped", "mapping"):
        await roster_rows.drop_rows(office.tx, one.id)
    return gone


_WAYS: frozenset[tuple[str, str]] = frozenset(
    (
        ("checked", "taking"),
        ("checked", "mapping"),
        ("mapping", "dropped"),
        ("checked", "dropped"),
        ("failed", "dropped"),
        ("taking", "undoing"),
        ("done", "undoing"),
    )
)
