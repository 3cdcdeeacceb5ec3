"""Assisted entry, in words and buttons."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.page import Page
from bot.render.words import grouped
from conversations.desk_errands import Area, desk_press
from conversations.lobby import entry as on
from conversations.talk import TalkWish, talk_press

_MODES: Final = (
    ("tel", "staff.entry.b_tel"),
    ("home", "staff.entry.b_home"),
    ("telkin", "staff.entry.b_telkin"),
    ("homekin", "staff.entry.b_homekin"),
)


def render_entry(page: Page, event: on.EntryEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.EntryShown():
            _on_list(page, event)
        case on.EntryModeAsked():
            if event.line is None:
                page.say("staff.entry.for_new")
            else:
                page.say("staff.entry.for_whom", who=_who(page, event.line))
            page.say("staff.entry.how")
            rows = [[_named(page, key, "how", f"{event.tag}-{mode}")] for mode, key in _MODES]
            page.close([*rows, [_named(page, "staff.entry.b_list", "")]])
        case on.EntryBegun():
            _on_begun(page, event)
        case on.EntryKept():
            page.say("staff.entry.kept", who=event.name, reference=grouped(event.reference))
            if event.is_told:
                page.say("staff.entry.told")
            _close(page, event.source, event.next_line)
        case on.EntryEnded():
            _on_ended(page, event)
        case on.EntryRefused():
            page.say("staff.entry.refused")
        case _:
            assert_never(event)


def _on_list(page: Page, event: on.EntryShown) -> None:
    page.say("staff.entry.heading")
    if event.words:
        page.say(
            "staff.entry.found" if event.lines else "staff.entry.not_found", words=event.words
        )
    elif event.lines:
        page.say("staff.entry.missing")
    else:
        page.say("staff.entry.nobody")
    page.say("staff.entry.how_to_find")
    rows = [
        [
            _button(
                page,
                page.texts("staff.entry.b_draft", who=_or_somebody(page, draft.name)),
                "go",
                str(draft.number),
            )
        ]
        for draft in event.drafts
    ]
    rows += [[_button(page, _who(page, line), "p", line.tag)] for line in event.lines]
    turns = [] if event.is_first and not event.words else [_named(page, "staff.entry.b_first", "")]
    if event.has_more:
        turns.append(_named(page, "staff.entry.b_more", "more"))
    new = _named(page, "staff.entry.b_new", "new")
    desk = page.button("desk", talk_press(TalkWish.DESK))
    page.close([row for row in (*rows, turns, [new, desk]) if row], protect=True)


def _on_begun(page: Page, event: on.EntryBegun) -> None:
    who = _or_somebody(page, event.name)
    if event.is_resumed:
        page.say("staff.entry.resumed", who=who)
    elif event.is_update:
        page.say("staff.entry.begun_update", who=who)
    elif event.name:
        page.say("staff.entry.begun", who=who)
    else:
        page.say("staff.entry.begun_new")
    page.close()


def _on_ended(page: Page, event: on.EntryEnded) -> None:
    match event.how:
        case "declined":
            page.say("staff.entry.declined")
        case "out_of_range":
            page.say("staff.entry.out_of_range")
        case "dropped":
            page.say("staff.entry.dropped")
    _close(page, event.source, event.next_line)


def _close(page: Page, source: on.Source, following: on.MissingLine | None) -> None:
    """Close with the way to the next one."""
    desk = page.button("desk", talk_press(TalkWish.DESK))
    if source == "case":
        press = desk_press(Area.WORK_LIST, "back")
        first = [page.labelled(page.texts("staff.entry.b_worklist"), press)]
    elif following is not None:
        label = page.texts("staff.entry.b_next", who=_who(page, following))
        first = [_button(page, label, "next")]
    elif source == "new":
        first = [_named(page, "staff.entry.b_next_new", "next")]
    else:
        first = []
    page.close([row for row in (first, [_named(page, "staff.entry.b_list", ""), desk]) if row])


def _who(page: Page, line: on.MissingLine) -> str:
    texts = page.texts
    year = texts("staff.worklist.born", year=str(line.birth_year)) if line.birth_year else ""
    known = texts("staff.entry.known") if line.is_known else ""
    name = _or_somebody(page, line.name)
    return " ".join(part for part in (name, line.village, year, known) if part)


def _or_somebody(page: Page, name: str) -> str:
    return name or page.texts("staff.entry.somebody")


def _named(page: Page, key: str, step: str, argument: str = "") -> Button:
    return _button(page, page.texts(key), step, argument)


def _button(page: Page, label: str, step: str, argument: str = "") -> Button:
    return page.labelled(label, desk_press(Area.ENTRY, step, argument))
