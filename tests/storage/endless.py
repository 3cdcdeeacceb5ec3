"""A process that commits turns until it is killed, and prints the number of each it committed."""

import asyncio
import sys
from pathlib import Path

from storage import chats, interviews, updates
from storage.database import Database
from storage.vault import Vault
from tests.storage.made_up import NOW


async def main(url: str, key_file: str) -> None:
    """Count up in the state of the open interview."""
    database = await Database.open(url, Vault.open(Path(key_file)))
    number = 0
    while True:
        number += 1
        async with database.transaction() as tx:
            chat, interview = await chats.load_turn(tx, "telegram", "42", NOW)
            assert interview is not None
            await updates.mark_done(tx, "bot", number, chat.id, NOW)
            await interviews.save(tx, interview, str(number), NOW)
        print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
