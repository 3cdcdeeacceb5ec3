"""Events -> what a channel shows. Pure and complete: an event nobody renders fails the types."""
