"""Tests, laid out as the code is: tests/storage tests storage/, and so on."""
