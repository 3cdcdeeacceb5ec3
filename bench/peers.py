"""What the bot is measured beside: `python -m bench.peers conversation|echo`.

Each makes the same calls for a tap: answer it, settle its message, send the next question. Token
and base_url come from the environment, as the real bot reads them.
"""

import asyncio
import os
import sys
import tempfile
import warnings
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvloop
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from bot.telegram.settings import TelegramSettings
from bot.telegram.transport import AiohttpRequest

TOKEN = os.environ.get("XIANGWEN_TELEGRAM__TOKEN", "")
BASE_URL = os.environ.get("XIANGWEN_TELEGRAM__BASE_URL", "")
WIDTH = 100


def _keyboard(number: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton("好", callback_data=f"a.1.{number}.1.yes")]]
    )


async def _ask(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    assert update.effective_chat is not None
    assert context.user_data is not None
    number = context.user_data["number"] = context.user_data.get("number", 0) + 1
    if (query := update.callback_query) is not None:
        await query.answer("好")
        await query.edit_message_text(f"第{number - 1}问：好")
    await update.effective_chat.send_message(f"第{number}问", reply_markup=_keyboard(number))
    return 0


def conversation() -> None:
    """Run python-telegram-bot's Application as most bots are written."""
    folder = Path(tempfile.mkdtemp(prefix="conversation-"))
    warnings.simplefilter("ignore")
    asking = ConversationHandler(
        entry_points=[CommandHandler("start", _ask)],
        states={0: [CallbackQueryHandler(_ask), CommandHandler("start", _ask)]},
        fallbacks=[],
        name="questions",
        persistent=True,
    )
    builder = Application.builder().token(TOKEN).base_url(BASE_URL)
    application = builder.persistence(PicklePersistence(folder / "state.pickle")).build()
    application.add_handler(asking)
    application.run_polling()


async def echo() -> None:
    """Answer on the bot's own transport, nothing kept, a hundred at once."""
    request = AiohttpRequest(TelegramSettings(TOKEN, BASE_URL, width=WIDTH))
    bot = Bot(TOKEN, BASE_URL, request=request, get_updates_request=request)
    await bot.initialize()
    permits, under_way, offset = asyncio.Semaphore(WIDTH), set[asyncio.Task[None]](), 0

    async def answer(update: Update) -> None:
        async with permits:
            await _same_calls(bot, update)

    while True:
        for update in await bot.get_updates(offset=offset, timeout=timedelta(seconds=10)):
            offset = update.update_id + 1
            under_way.add(task := asyncio.create_task(answer(update)))
            task.add_done_callback(under_way.discard)


async def _same_calls(bot: Bot, update: Update) -> None:
    chat = update.effective_chat
    if chat is None:
        return
    calls: list[Any] = [bot.send_message(chat.id, "第1问", reply_markup=_keyboard(1))]
    if (query := update.callback_query) is not None and isinstance(query.message, Message):
        calls.append(query.answer("好"))
        calls.append(bot.edit_message_text("答了", chat.id, query.message.message_id))
    await asyncio.gather(*calls)


if __name__ == "__main__":
    if sys.argv[1] == "conversation":
        conversation()
    else:
        uvloop.run(echo())
