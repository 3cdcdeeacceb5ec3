"""The platform's answers on their way in: looked at, read, taken; for console and commands."""
