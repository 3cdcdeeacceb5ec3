"""`python -m tests.fakes.bot_api --port P`: the fake server as a process of its own."""

import argparse
import asyncio
import signal

from tests.fakes.bot_api.control import add_control
from tests.fakes.bot_api.server import BotApi
from tests.fakes.bot_api.world import TOKEN


async def serve(port: int, token: str, latency: float) -> None:
    """Serve until SIGTERM or SIGINT; the first line printed is the base_url."""
    api = BotApi(token=token, port=port, latency=latency)
    add_control(api)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with api:
        print(api.base_url, flush=True)
        await stop.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="A strict fake Bot API server")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.token, given.latency_ms / 1000))


if __name__ == "__main__":
    main()
