"""A strict Bot API server on the loopback: refuses what Telegram refuses, and fails as it fails.

`BotApi` for tests in the same process, `python -m tests.fakes.bot_api` as a process of its own
with a small control API (control.py).
"""

from tests.fakes.bot_api.faults import Fault
from tests.fakes.bot_api.person import Person
from tests.fakes.bot_api.server import BotApi
from tests.fakes.bot_api.world import TOKEN

__all__ = ["TOKEN", "BotApi", "Fault", "Person"]
