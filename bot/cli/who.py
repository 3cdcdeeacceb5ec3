"""Who runs a command, for the audit, and which account of the staff it names."""

import os
import pwd

from bot.cli.failures import Refusal
from conversations.lobby.wishes import tag_of
from storage import staff
from storage.staff import Staff
from storage.transaction import Reading


def operator() -> str:
    """Return who runs the process, whatever the environment says."""
    user = os.getuid()
    try:
        return f"command:{pwd.getpwuid(user).pw_name}"
    except KeyError:
        return f"command:uid {user}"


async def account_tagged(reading: Reading, tag: str) -> Staff:
    """Return the account that has this tag in the list.

    Raises:
        Refusal: none has it.
    """
    for one in await staff.everybody(reading):
        if tag_of(one.id) == tag:
            return one
    raise Refusal(f"{tag}: no account has this tag; see xiangwen staff list")
