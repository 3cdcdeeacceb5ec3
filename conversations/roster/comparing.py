"""What a file says otherwise than what is known of somebody, and what is kept in the end."""

from collections.abc import Mapping
from typing import Final, Literal

Rule = Literal["keep", "file", "ask"]

# City and county follow from the township; the number is what two rows are the same person by.
_COMPARED: Final = (
    "name",
    "phone",
    "township",
    "village",
    "address_detail",
    "ethnicity",
    "political_status",
    "education",
    "labour_capacity",
)
_WITH_TOWNSHIP: Final = ("city", "county", "township")


def differing(known: Mapping[str, str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the roles that a file gives another value for; what it leaves out does not count."""
    return tuple(
        role for role in _COMPARED if given.get(role) and given[role] != known.get(role, "")
    )


def merged(known: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """Return what is known with the file's values in the place of older ones."""
    values = {**known, **{role: given[role] for role in differing(known, given)}}
    if given.get("township") and given["township"] != known.get("township", ""):
        values |= {role: given[role] for role in _WITH_TOWNSHIP if given.get(role)}
        if "village" not in given:
            values.pop("village", None)
    return values
