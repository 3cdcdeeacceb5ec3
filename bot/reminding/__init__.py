"""Prompts that nobody asked for: what is due is claimed, decided again, sent, and written down."""
