"""Reads tables that people upload (.xlsx, .xls, .ods, text), in a child process with limits."""
