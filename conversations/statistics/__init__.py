"""Monthly tables: what is counted, how cells become a table, and which of them are not shared."""
