"""Planning at size: whole counties, on both engines, killed and taken up again."""
