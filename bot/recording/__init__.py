"""Making a voice pack: what is to be recorded, and how a recording becomes a clip."""
