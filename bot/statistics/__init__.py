"""Monthly tables for people: made at their time, asked for, shown, handed out."""
