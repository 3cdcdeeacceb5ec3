"""The platform's answers on their way in."""
