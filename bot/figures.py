"""Figures as somebody typed them, or as an address carries them."""

# More digits than any count, line or year of ours has: nothing longer is ever worked out.
_LONGEST = 9


def figure(said: str, otherwise: int = 0, *, least: int = 0, most: int = 999_999_999) -> int:
    """Return a figure in plain digits; `otherwise` for anything else, however long it is."""
    if not said.isascii() or not said.isdecimal() or len(said) > _LONGEST:
        return otherwise
    found = int(said)
    return found if least <= found <= most else otherwise
