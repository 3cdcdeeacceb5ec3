"""The Telegram channel: Update -> Reply, Outgoing -> Bot API calls, delivery within limits."""
