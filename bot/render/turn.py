"""A whole turn: all its events on one page."""

from collections.abc import Iterable

from bot.messages import Outgoing
from bot.render.desk.turn import render_desk_event
from bot.render.interview import render_event
from bot.render.lobby import render_lobby_event
from bot.render.page import Page
from bot.render.record import render_record_event
from bot.render.staff import render_staff_event
from bot.render.talk import render_talk_event
from bot.texts import Texts
from conversations.interview import Interview
from conversations.lobby.events import DeskEvent, Event, LobbyEvent
from conversations.lobby.records import RecordEvent
from conversations.lobby.talks import StaffEvent, WorkerTalkEvent


def render(
    events: Iterable[Event], texts: Texts, interview: Interview | None, *, tapped: bool
) -> Outgoing:
    """Return what the events of a turn show.

    Args:
        interview: the state after the turn; its number and revision go into the buttons.
        tapped: the reply was a tap, so the tapped message can be redrawn or settled.
    """
    number, revision = (interview.number, interview.revision) if interview else (0, 0)
    page = Page(texts, number, revision, tapped)
    for event in events:
        if isinstance(event, LobbyEvent):
            render_lobby_event(page, event)
        elif isinstance(event, RecordEvent):
            render_record_event(page, event)
        elif isinstance(event, WorkerTalkEvent):
            render_talk_event(page, event)
        elif isinstance(event, StaffEvent):
            render_staff_event(page, event)
        elif isinstance(event, DeskEvent):
            render_desk_event(page, event)
        else:
            render_event(page, event)
    return page.outgoing()
