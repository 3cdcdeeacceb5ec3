"""Storage: the same tests on real SQLite and on real PostgreSQL."""
