"""People and time: channels, delivery, scheduling, the command line. Translates, never decides."""
