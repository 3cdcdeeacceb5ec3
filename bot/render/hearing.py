"""What can be listened to, and how: a clip goes out beside the messages, nothing is asked anew."""

from bot.render.page import Page
from conversations.events import QuestionHeard
from conversations.lobby.events import LinesHeard


def question_heard(page: Page, event: QuestionHeard) -> None:
    """Let a question be heard, with what leads up to it and its options by number."""
    question = event.question
    options = [choice.label for choice in event.choices]
    voice = page.texts.voice
    page.clip = voice.question(question.label, question.hint, options, event.before)
    if not page.clip:
        page.say("hear.missing")


def lines_heard(page: Page, event: LinesHeard) -> None:
    """Let sentences be heard that stand in an earlier message."""
    if event.clip and page.texts.voice.has(event.clip):
        page.clip = event.clip
    else:
        page.say("hear.missing")
