"""What the provincial platform answers: how it is read, and what follows from a refusal."""
