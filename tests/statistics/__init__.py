"""Monthly tables: counted, laid out, kept back, shown, handed out."""
