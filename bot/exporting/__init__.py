"""The official export: asking for a batch, making it, letting it out, and what was held back."""
