"""The font that ships with us, because a bare server has no Chinese one; its licence is OFL.txt."""
