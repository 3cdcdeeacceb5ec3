"""What can be listened to: files put together, packs, recordings."""
