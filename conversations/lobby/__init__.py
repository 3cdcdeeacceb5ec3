"""A chat outside of an interview: what people may want there, and what came of it."""
