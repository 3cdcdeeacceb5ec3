"""One's own record in words and buttons: masked, whole behind the PIN, who looked, the rest."""

from typing import Final

from bot.messages import Button, Message
from bot.render.copying import copy_lines, visit_line
from bot.render.leaving import left_in_words, render_leaving
from bot.render.page import Page
from bot.render.reminding import render_reminding
from bot.render.review import review_lines
from bot.render.words import day_in_words
from conversations.lobby import events as lobby
from conversations.lobby import records as on
from conversations.lobby.queries import QueryEvent, QueryOpened, QuerySettled
from conversations.lobby.reminding import RemindingEvent
from conversations.lobby.wishes import Wish, menu_press
from conversations.pin_pad import LENGTH

_KEYS: Final = ("123", "456", "789")


def render_record_event(page: Page, event: on.RecordEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.RecordsListed():
            _on_list(page, event)
        case on.MoreShown():
            _on_more(page, event)
        case on.PinAsked():
            _on_pin(page, event)
        case on.PinLimited():
            page.say("pin.limited")
        case on.PinRight():
            page.settle = page.texts("pin.set" if event.is_new else "pin.right")
        case on.PinLost():
            page.say("pin.lost")
        case on.PinReset():
            page.say("pin.reset" if event.is_done else "pin.too_new")
        case on.RecordOpened():
            _on_opened(page, event)
        case on.RecordFolded():
            page.settle = page.texts("record.folded")
        case on.Dismissed():
            page.settle = page.texts("record.dismissed")
        case on.CopyGiven():
            page.lines += copy_lines(page.texts, event.copy)
            page.close(protect=True)
        case on.CopyReady():
            page.say("copy.ready")
            page.close(grant=event.grant)
        case on.VisitsShown():
            _on_visits(page, event)
        case on.ClearAsked():
            _on_clear_asked(page)
        case on.ChatCleared():
            page.clear = True
            page.say("clear.partly" if event.has_older else "clear.done")
            page.close()
        case _:
            _render_rest(page, event)


def _render_rest(page: Page, event: on.LeavingEvent | RemindingEvent | QueryEvent) -> None:
    if isinstance(event, QueryOpened):
        page.say("returned.asks", title=event.asks.title, words=event.asks.words)
    elif isinstance(event, QuerySettled):
        page.say("returned.settled")
    elif isinstance(event, on.LeavingEvent):
        render_leaving(page, event)
    else:
        render_reminding(page, event)


def record_shown(page: Page, event: lobby.RecordShown) -> None:
    """Show the last report, masked, with what is wished for most."""
    person = event.person
    page.say("record.heading", name=person.name, date=day_in_words(page.texts, person.reported_on))
    page.lines += ["\n".join(review_lines(page, section)) for section in event.sections]
    if event.left is not None:
        page.lines.append(left_in_words(page.texts, event.left))
    elif event.asks is not None:
        page.say("returned.asks", title=event.asks.title, words=event.asks.words)
    elif person.next_update_on is not None:
        page.say("record.next", date=day_in_words(page.texts, person.next_update_on))
    page.say("record.masked")
    page.close([*_first_row(page, event), *_second_rows(page, person.tag)], protect=True)


def _first_row(page: Page, event: lobby.RecordShown) -> list[list[Button]]:
    tag = event.person.tag
    if event.left is not None:
        return [[page.button("come_back", menu_press(Wish.COME_BACK, tag), "primary")]]
    correct = page.button("correct", menu_press(Wish.CORRECT, tag), "primary")
    if event.asks is not None:
        return [[page.button("answer_query", menu_press(Wish.ANSWER, tag), "primary")], [correct]]
    return [[correct, page.button("update", menu_press(Wish.UPDATE, tag))]]


def _second_rows(page: Page, tag: str) -> list[list[Button]]:
    return [
        [
            page.button("whole", menu_press(Wish.WHOLE, tag)),
            page.button("reminders", menu_press(Wish.REMINDERS, tag)),
        ],
        [
            page.button("clear", menu_press(Wish.ASK_CLEAR)),
            page.button("more", menu_press(Wish.MORE, tag)),
        ],
    ]


def _on_list(page: Page, event: on.RecordsListed) -> None:
    page.say("record.whose")
    rows = [
        [page.button("record_of", menu_press(Wish.RECORD, one.tag), who=one.name)]
        for one in event.people
    ]
    page.close(rows, input_hint="none", protect=True)


def _on_more(page: Page, event: on.MoreShown) -> None:
    tag = event.subject.tag
    page.say("record.more", name=event.subject.name)
    rows = [
        [
            page.button("copy", menu_press(Wish.COPY, tag)),
            page.button("visits", menu_press(Wish.VISITS, tag)),
        ],
        [page.button("new_code", menu_press(Wish.NEW_CODE, tag))],
    ]
    if event.has_pin:
        rows[-1].append(page.button("change_pin", menu_press(Wish.CHANGE_PIN, tag)))
    if not event.is_away:
        rows.append([page.button("leave", menu_press(Wish.LEAVE, tag))])
    rows.append([page.button("erase", menu_press(Wish.ASK_ERASE, tag), "danger")])
    page.close(rows, protect=True)


def _on_pin(page: Page, event: on.PinAsked) -> None:
    """Draw the pad: in the place of the one that was tapped, unless it is the first."""
    pad = event.pad
    lines = [page.texts("pin.differs" if pad.is_new else "pin.wrong")] if event.is_wrong else []
    if pad.is_new:
        lines.append(page.texts("pin.again" if pad.is_repeated else "pin.choose"))
    else:
        lines.append(page.texts("pin.enter"))
    lines.append(" ".join("●" if at < pad.entered else "○" for at in range(LENGTH)))
    message = Message("\n\n".join(lines), _keys(page, event), input_hint="none")
    if page.tapped and not event.is_first:
        page.redraw = message
    else:
        page.close()
        page.messages.append(message)


def _keys(page: Page, event: on.PinAsked) -> tuple[tuple[Button, ...], ...]:
    tag, pad = event.subject.tag, event.pad

    def key(digit: str) -> Button:
        return page.labelled(digit, menu_press(Wish.PIN, f"{tag}-{pad.wire(digit)}"))

    back = pad.without_last()
    delete = page.button("pin_delete", menu_press(Wish.PIN, f"{tag}-{back.wire()}"))
    cancel = page.button("to_record", menu_press(Wish.RECORD, tag))
    lost = page.button("pin_lost", menu_press(Wish.LOST_PIN, tag))
    last = (cancel,) if pad.is_new else (lost, cancel)
    return (*(tuple(key(digit) for digit in row) for row in _KEYS), (key("0"), delete), last)


def _on_opened(page: Page, event: on.RecordOpened) -> None:
    date = day_in_words(page.texts, event.reported_on)
    page.say("record.heading", name=event.subject.name, date=date)
    page.lines += ["\n".join(review_lines(page, section)) for section in event.sections]
    page.say("record.whole")
    page.close([[page.button("fold", menu_press(Wish.FOLD))]], protect=True)


def _on_visits(page: Page, event: on.VisitsShown) -> None:
    page.say("visits.heading", name=event.subject.name)
    if event.visits:
        page.lines.append("\n".join(visit_line(page.texts, visit) for visit in event.visits))
    else:
        page.say("visits.none")
    page.say("visits.note")
    page.close([[page.button("to_record", menu_press(Wish.RECORD, event.subject.tag))]])


def _on_clear_asked(page: Page) -> None:
    page.say("clear.asked")
    yes = page.button("clear_yes", menu_press(Wish.CLEAR), "danger")
    no = page.button("clear_no", menu_press(Wish.DISMISS))
    page.close([[no], [yes]], input_hint="none")
