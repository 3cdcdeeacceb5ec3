"""Readers: what a person typed -> the canonical value of a question, or the reason why not.

Pure functions that are generous before they refuse. The form still judges the value afterwards.

Patterns are kept as text where there are many: `re` compiles each at its first use and remembers
it, so that a start does not pay for phrasings that nobody types.
"""
