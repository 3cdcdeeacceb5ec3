"""What other systems read: the monthly tables as JSON, for whoever holds a token."""
