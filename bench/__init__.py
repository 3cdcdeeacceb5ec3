"""Figures, measured beside their rivals in the same run; `make bench` prints them as tables."""
