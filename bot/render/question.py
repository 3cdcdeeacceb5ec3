"""A question as a message: heading, label, hint, and buttons in columns that suit the labels."""

from collections.abc import Sequence
from typing import Final, Literal

from bot.messages import Button, Message
from bot.render.page import Page
from conversations.buttons import Verb, encode
from conversations.dialogue.words import Word
from conversations.events import QuestionAsked
from conversations.xform.question import Choice, Question

_COLUMNS_BY_LENGTH: Final = ((3, 4), (5, 3), (9, 2))


def question_message(page: Page, event: QuestionAsked) -> Message:
    """Return the message of an open question, led by the lines that the page holds."""
    lines = [*page.lines, *_text(page, event)]
    page.lines.clear()
    question = event.question
    return Message(
        "\n\n".join(line for line in lines if line),
        tuple(tuple(row) for row in _rows(page, event) if row),
        ask_phone=event.asks_own_phone,
        protect=_is_personal(event),
        input_hint=_input_hint(question),
    )


def _is_personal(event: QuestionAsked) -> bool:
    return bool(event.given) and event.question.bot.get("pii") == "yes"


def _text(page: Page, event: QuestionAsked) -> list[str]:
    question, texts = event.question, page.texts
    lines = []
    if event.again and not (event.redrawn and page.tapped):
        lines.append(texts("question.again", label=question.label))
    else:
        if event.opens_section and question.section and not event.redrawn:
            lines.append(_heading(page, event))
        lines.append(f"{question.label}\n{question.hint}" if question.hint else question.label)
    if event.listing.query:
        only = len(event.listing.choices) == 1
        key = "question.only" if only else "question.query"
        lines.append(texts(key, query=event.listing.query))
    if question.type == "select_multiple":
        lines.append(texts("question.many"))
    if event.listing.pages > 1:
        page_words = {"page": str(event.listing.page + 1), "pages": str(event.listing.pages)}
        lines.append(texts("question.pages", **page_words))
    elif question.bot.get("reader") == "village" and len(event.listing.choices) > 1:
        lines.append(texts("question.village"))
    return lines


def _heading(page: Page, event: QuestionAsked) -> str:
    section, part = event.question.section, event.part
    if part is None:
        return page.texts("question.section", title=section)
    return page.texts(
        "question.part",
        title=section,
        number=str(part.number),
        count=str(part.count),
        minutes=str(part.minutes),
    )


def _input_hint(question: Question) -> Literal["text", "numeric", "tel", "none"]:
    if question.bot.get("reader") == "phone":
        return "tel"
    if question.type in ("integer", "decimal"):
        return "numeric"
    if question.type in ("select_one", "note", "acknowledge") and not question.bot.get("search"):
        return "none"
    return "text"


def _rows(page: Page, event: QuestionAsked) -> list[list[Button]]:
    return [*_keep(page, event), *_choices(page, event), *_paging(page, event), _foot(page, event)]


def _keep(page: Page, event: QuestionAsked) -> list[list[Button]]:
    if not event.given or event.redrawn:
        return []
    key = "keep_last_year" if event.is_from_last_year else "keep"
    label = page.texts(f"question.{key}", given=event.given)
    press = page.press(Verb.KEEP, event.question.index)
    return [[Button(label, encode(press), "primary")]]


def _choices(page: Page, event: QuestionAsked) -> list[list[Button]]:
    question = event.question
    if question.bot.get("confirm") == "yes":
        right = page.press(Verb.ANSWER, question.index, "ok")
        wrong = page.press(Verb.ANSWER, question.index, "no")
        return [[page.button("right", right, "success"), page.button("wrong", wrong)]]
    if question.type == "acknowledge":
        ok = page.press(Verb.ANSWER, question.index, "OK")
        return [[page.button("understood", ok, "primary")]]
    buttons = [_choice(page, event, choice) for choice in event.listing.choices]
    rows = in_columns(buttons, question.bot.get("columns"))
    if question.type == "select_multiple":
        done = page.press(Verb.DONE, question.index)
        count = str(len(event.listing.picked))
        rows.append([page.button("done_count", done, "success", count=count)])
    return rows


def _choice(page: Page, event: QuestionAsked, choice: Choice) -> Button:
    question = event.question
    if question.type != "select_multiple":
        return Button(choice.label, encode(page.press(Verb.ANSWER, question.index, choice.name)))
    tick = "☑" if choice.name in event.listing.picked else "☐"
    press = page.press(Verb.TOGGLE, question.index, choice.name)
    return Button(f"{tick} {choice.label}", encode(press))


def in_columns(buttons: Sequence[Button], wanted: str | None = None) -> list[list[Button]]:
    """Return the buttons in rows: as many columns as the form wants or the labels allow."""
    longest = max((len(button.label) for button in buttons), default=0)
    fitting = next((columns for length, columns in _COLUMNS_BY_LENGTH if longest <= length), 1)
    columns = int(wanted) if wanted else fitting
    return [list(buttons[at : at + columns]) for at in range(0, len(buttons), columns)]


def _paging(page: Page, event: QuestionAsked) -> list[list[Button]]:
    listing, index = event.listing, event.question.index
    row = []
    if listing.pages > 1:
        before = str((listing.page - 1) % listing.pages)
        after = str((listing.page + 1) % listing.pages)
        row.append(page.button("previous_page", page.press(Verb.PAGE, index, before)))
        row.append(page.button("next_page", page.press(Verb.PAGE, index, after)))
    if listing.query:
        row.append(page.button("whole_list", page.press(Verb.PAGE, index, "all")))
    return [row]


def _foot(page: Page, event: QuestionAsked) -> list[Button]:
    index = event.question.index
    row = []
    if event.can_go_back:
        row.append(page.button(Word.BACK, page.press(Verb.BACK, index)))
    if event.question.bot.get("why"):
        row.append(page.button(Word.WHY, page.press(Verb.WHY, index)))
    if event.can_skip:
        row.append(page.button(Word.SKIP, page.press(Verb.SKIP, index)))
    if page.texts.voice.asks(event.question.label, event.question.hint):
        row.append(page.button("hear", page.press(Verb.HEAR, index)))
    return row
