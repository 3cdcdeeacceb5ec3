"""The Telegram channel over real HTTP against the strict fake Bot API server."""
