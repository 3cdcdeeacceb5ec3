"""The console: over plain HTTP, and in a real browser on the real server."""
