"""Whole interviews as text: `>` is the worker, all other lines are what the bot says."""
