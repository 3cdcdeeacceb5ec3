"""Interviews by plain calls: no database, no channel, the real form."""
