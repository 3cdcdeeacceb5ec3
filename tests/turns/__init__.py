"""Whole turns on real databases of both kinds."""
