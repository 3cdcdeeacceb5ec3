"""Stopping all prompts by themselves, and telling those who look after the program."""

import logging
from datetime import datetime

from bot.reminding.pace import Trouble
from storage import outbox, staff, switches
from storage.outbox import Post
from storage.transaction import Transaction

_log = logging.getLogger(__name__)


async def stop_bulk(tx: Transaction, trouble: Trouble, now: datetime) -> None:
    """Pause all prompts until somebody lets them go on; the operators' chats are told."""
    await switches.set_state(tx, is_on=False, by="system", reason=trouble.reason, now=now)
    for chat_id in await staff.operator_chats(tx):
        await outbox.put(
            tx, chat_id, None, Post("bulk_stopped", trouble.count, about=trouble.kind), now
        )
    _log.critical("prompts are paused: go on with `xiangwen reminders resume`")
