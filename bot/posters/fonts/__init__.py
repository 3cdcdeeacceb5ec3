"""The font that ships with us: a bare server has no Chinese one. Its licence is OFL.txt."""
