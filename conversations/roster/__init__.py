"""Rosters that come in: which column means what, what is wrong with a row, what differs."""
