"""The summary in words and buttons: all of it, or the lines of one section."""

from bot.messages import Button
from bot.render.page import Page
from bot.render.question import in_columns
from conversations import events as on
from conversations.buttons import Verb, encode
from conversations.dialogue.review import title_of


def review_lines(page: Page, section: on.ReviewSection) -> list[str]:
    """Return a section of the summary, a line for each answer."""
    lines = [page.texts("review.section", title=section.title)] if section.title else []
    for line in section.lines:
        shown = line.shown or page.texts("review.empty")
        lines.append(page.texts("review.line", label=title_of(line.question), shown=shown))
    return lines


def show_review(page: Page, event: on.ReviewShown) -> None:
    """Show the summary, or, to who has just read it, only its buttons."""
    page.part()
    if event.again:
        page.say("review.again")
    else:
        page.say("review.heading")
        page.lines += ["\n".join(review_lines(page, section)) for section in event.sections]
        page.say("review.footer")
    submit = page.button("submit", page.press(Verb.SUBMIT), "success")
    changes = [_section_button(page, section) for section in event.sections]
    page.close([[submit], *in_columns(changes)], protect=True)


def _section_button(page: Page, section: on.ReviewSection) -> Button:
    press = page.press(Verb.REVIEW, value=str(section.index))
    return page.button("change_section", press, title=section.title)


def show_section(page: Page, section: on.ReviewSection) -> None:
    """Show the lines of a section, one of which shall change."""
    page.say("review.open_section", title=section.title)
    buttons = []
    for line in section.lines:
        shown = line.shown or page.texts("review.empty")
        label = page.texts("review.line", label=title_of(line.question), shown=shown)
        buttons.append([Button(label, encode(page.press(Verb.CHANGE, line.question.index)))])
    summary = page.press(Verb.REVIEW, value="all")
    page.close([*buttons, [page.button("to_summary", summary)]], protect=True)
