"""What is printed: read and scanned as a person does it."""
