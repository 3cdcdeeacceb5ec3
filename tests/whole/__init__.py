"""The whole program as an operator runs it: `xiangwen serve` in a process of its own."""
