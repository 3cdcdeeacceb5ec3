"""What events look like: every sentence and every button."""
