"""Batches: made, let out, taken, and what was held back."""
