"""A process that commits turns until it is killed, and prints the number of each it committed."""

import asyncio
import sys
from pathlib import Path

from storage import chats, interviews, turns
from storage.chats import Chat
from storage.database import Database
from storage.interviews import OpenInterview
from storage.transaction import Transaction
from storage.turns import Arrival
from storage.vault import Vault
from tests.storage.made_up import NOW


async def main(url: str, key_file: str) -> None:
    """Count up in the state of the open interview."""
    database = await Database.open(url, Vault.open(Path(key_file)))
    number = 0

    async def count(tx: Transaction, chat: Chat, interview: OpenInterview | None) -> Chat:
        assert interview is not None
        if number % 3 == 0:
            # Now and then a turn takes the way with the lock.
            await chats.set_language(tx, chat.id, "en")
        await interviews.save(tx, interview, str(number), NOW)
        return chat

    while True:
        number += 1
        await turns.take(database, Arrival("telegram", "42", "bot", number, NOW), count)
        print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
