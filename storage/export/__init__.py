"""The official export: records into a copy of a template, protected, with what was held back."""
