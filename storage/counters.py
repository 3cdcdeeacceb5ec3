"""Counters: numbers that people say to each other; none is given twice."""

from storage.transaction import Transaction


async def next_number(tx: Transaction, name: str) -> int:
    """Return the next number of a counter, from 1."""
    row = await tx.the("counters.next_number", name=name)
    number: int = row["value"]
    return number
