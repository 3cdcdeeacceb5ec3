"""What a chat can ask for outside of an interview, done in the turn's transaction."""
