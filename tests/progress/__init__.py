"""Figures, bulletin and their sending, on the real database."""
