"""Rosters on their way in: looked at, mapped, checked, taken, undone; for console and commands."""
