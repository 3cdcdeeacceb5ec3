"""Readers of what people type in English, asked before the others in an English interview.

Each returns None for what it does not judge: figures alone, Chinese words, names.
"""
