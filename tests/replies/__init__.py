"""Readers of typed words."""
