"""The command line: one group, its options, its errors. What commands do lives elsewhere."""
