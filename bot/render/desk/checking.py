"""Verifying reports, in words and buttons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, assert_never

from bot.messages import Button
from bot.render.page import Page
from bot.render.question import in_columns
from bot.render.review import review_lines
from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.buttons import encode
from conversations.desk_errands import Area, desk_press
from conversations.dialogue.review import title_of
from conversations.events import ReviewSection
from conversations.lobby import checking as on
from conversations.question_words import Refusal
from conversations.talk import TalkWish, talk_press

_QUESTIONS: Final[Mapping[str, str]] = {
    "1": "staff.checking.ask_sure",
    "2": "staff.checking.ask_differs",
    "3": "staff.checking.ask_missing",
    "4": "staff.checking.ask_still",
}
_DOUBTS: Final[Mapping[str, str]] = {
    "missing": "staff.checking.missing",
    "id_number_wrong": "staff.checking.id_number_wrong",
    "gender_differs": "staff.checking.gender_differs",
    "birth_date_differs": "staff.checking.birth_date_differs",
    "too_young": "staff.checking.too_young",
    "over_age": "staff.checking.over_age",
    "phone_wrong": "staff.checking.phone_wrong",
    "cannot_work": "staff.checking.cannot_work",
    "works_without_capacity": "staff.checking.works_without_capacity",
    "income_without_work": "staff.checking.income_without_work",
    "income_wrong": "staff.checking.income_wrong",
    "month_wrong": "staff.checking.month_wrong",
    "moved_in_future": "staff.checking.moved_in_future",
    "startup_differs": "staff.checking.startup_differs",
    "work_place_missing": "staff.checking.work_place_missing",
    "wish_differs": "staff.checking.wish_differs",
    "work_place_differs": "staff.checking.work_place_differs",
}
_REFUSED: Final[Mapping[Refusal, str]] = {
    "empty": "staff.checking.refused_empty",
    "long": "staff.checking.refused_long",
    "link": "staff.checking.refused_link",
    "number": "staff.checking.refused_number",
}


def ready_question(texts: Texts, number: str) -> str:
    """Return the ready question of a button, "" when there is none."""
    return texts(_QUESTIONS[number]) if number in _QUESTIONS else ""


def ready_questions(texts: Texts) -> dict[str, str]:
    """Return all of them by number."""
    return {number: texts(key) for number, key in _QUESTIONS.items()}


def doubt_words(texts: Texts, doubt: on.Doubt) -> str:
    """Return what does not fit."""
    return texts(_DOUBTS[doubt.key], titles=texts("staff.checking.and").join(doubt.titles))


def refused_words(texts: Texts, refused: Refusal) -> str:
    """Return why a typed question cannot be asked."""
    return texts(_REFUSED[refused])


def render_checking(page: Page, event: on.CheckingEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.CheckingShown():
            _on_list(page, event)
        case on.ReportOpened():
            _on_report(page, event)
        case on.SectionsOffered():
            _on_sections(page, event)
        case on.LinesOffered():
            _on_lines(page, event)
        case on.QuestionsOffered():
            _on_questions(page, event)
        case on.ReportReturned():
            page.say(
                "staff.checking.returned" if event.is_told else "staff.checking.returned_by_call",
                name=event.name,
            )
            page.close([[_button(page, "staff.checking.b_list")]])
        case on.ReportMoved():
            page.say("staff.checking.moved")
        case _:
            assert_never(event)


def _on_list(page: Page, event: on.CheckingShown) -> None:
    if event.verified is not None:
        page.say("staff.checking.verified", count=str(event.verified))
    page.say("staff.checking.heading", count=str(event.total))
    rows = []
    for number, line in enumerate(event.page, 1):
        page.lines.append(_line(page, line, number))
        label = page.texts("staff.checking.b_look", number=str(number), name=line.name)
        rows.append(page.labelled(label, desk_press(Area.CHECKING, "one", line.tag)))
    if not event.page:
        page.say("staff.checking.nothing")
    all_of_it = [_button(page, "staff.checking.b_all", "all")] if event.can_verify_all else []
    back = page.button("desk", talk_press(TalkWish.DESK))
    page.close([*in_columns(rows), all_of_it, [back]], protect=True)


def _line(page: Page, line: on.ReportLine, number: int) -> str:
    return page.texts(
        "staff.checking.line_doubtful" if line.doubts else "staff.checking.line",
        number=str(number),
        name=line.name,
        village=line.village,
        date=day_in_words(page.texts, line.reported_on),
    )


def _on_report(page: Page, event: on.ReportOpened) -> None:
    line = event.line
    date = day_in_words(page.texts, line.reported_on)
    page.say("staff.checking.report", name=line.name, date=date)
    page.lines += ["\n".join(review_lines(page, each)) for each in _answered(event.sections)]
    doubts = [doubt_words(page.texts, doubt) for doubt in event.doubts]
    page.lines.append("\n".join(doubts))
    if not doubts:
        page.say("staff.checking.fits")
    page.close(
        [
            [
                _button(page, "staff.checking.b_verify", "ok", line.tag),
                _button(page, "staff.checking.b_return", "back", line.tag),
            ],
            [_whole(page, event.person_tag)],
            [
                _button(page, "staff.checking.b_next", "next", line.tag),
                _button(page, "staff.checking.b_list"),
            ],
        ],
        protect=True,
    )


def _answered(sections: tuple[ReviewSection, ...]) -> list[ReviewSection]:
    """Return the sections without what was left open: what is missing stands with the doubts."""
    kept = (
        replace(one, lines=tuple(line for line in one.lines if line.shown)) for one in sections
    )
    return [section for section in kept if section.lines]


def _whole(page: Page, tag: str) -> Button:
    """Return the button that asks why, and then shows the whole numbers."""
    press = desk_press(Area.ACCOUNTS, "see", tag)
    return page.labelled(page.texts("staff.checking.b_whole"), press)


def _on_sections(page: Page, event: on.SectionsOffered) -> None:
    page.say("staff.checking.which_section", name=event.line.name)
    buttons = [
        page.labelled(
            section.title or page.texts("staff.checking.b_untitled"),
            desk_press(Area.CHECKING, "sec", f"{event.line.tag}-{section.index}"),
        )
        for section in event.sections
    ]
    page.close([*in_columns(buttons), [_to_report(page, event.line)]], protect=True)


def _on_lines(page: Page, event: on.LinesOffered) -> None:
    page.say("staff.checking.which_line", title=event.section.title)
    rows: list[list[Button]] = []
    for line in event.section.lines:
        if line.question.type == "note":
            continue
        shown = line.shown or page.texts("review.empty")
        label = page.texts("review.line", label=title_of(line.question), shown=shown)
        value = f"{event.line.tag}-{line.question.index}"
        rows.append([page.labelled(label, desk_press(Area.CHECKING, "line", value))])
    page.close([*rows, [_to_report(page, event.line)]], protect=True)


def _on_questions(page: Page, event: on.QuestionsOffered) -> None:
    if event.refused is not None:
        page.lines.append(refused_words(page.texts, event.refused))
    shown = event.shown or page.texts("review.empty")
    page.say("staff.checking.which_question", title=event.title, shown=shown)
    rows = []
    for number, key in _QUESTIONS.items():
        page.say("staff.checking.ready", number=number, words=page.texts(key))
        value = f"{event.line.tag}-{event.question}-{number}"
        press = desk_press(Area.CHECKING, "ask", value)
        rows.append(Button(page.texts("staff.checking.b_ask", number=number), encode(press)))
    page.say("staff.checking.or_type")
    page.close([*in_columns(rows), [_to_report(page, event.line)]], protect=True)


def _button(page: Page, key: str, step: str = "", argument: str = "") -> Button:
    return page.labelled(page.texts(key), desk_press(Area.CHECKING, step, argument))


def _to_report(page: Page, line: on.ReportLine) -> Button:
    return _button(page, "staff.checking.b_report", "one", line.tag)
