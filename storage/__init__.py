"""What is kept: all SQL, all encryption at rest, import and export files."""
