"""Visits to villages without signal: a sheet goes out on paper or a laptop, and comes back."""
