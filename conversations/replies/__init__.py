"""Readers: what a person typed -> the canonical value of a question, or the reason why not.

Pure functions that are generous before they refuse. The form still judges the value afterwards.
"""
