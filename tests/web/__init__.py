"""The web page: its protocol over plain HTTP, and itself in a real browser on the real server."""
