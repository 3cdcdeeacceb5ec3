"""Follow-ups that are about to start or have started, in words and buttons."""

from collections.abc import Mapping
from typing import Final

from bot.messages import Button
from bot.render.desk.followups_terms import terms_in_words
from bot.render.desk.placeholders import as_read
from bot.render.page import Page
from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.desk_errands import Area, desk_press
from conversations.followups import Reason
from conversations.lobby import followups as on
from conversations.talk import TalkWish, talk_press

_LIST: Final = "staff.followups.b_list"
_STATES: Final = {
    "draft": "staff.followups.state_draft",
    "planning": "staff.followups.state_planning",
    "running": "staff.followups.state_running",
    "paused": "staff.followups.state_paused",
    "stopped": "staff.followups.state_stopped",
    "over": "staff.followups.state_over",
}
_PROBLEMS: Final = {
    "gone": "staff.followups.gone",
    "refused": "staff.followups.refused",
}
_BECAUSE: Final[Mapping[Reason, str]] = {
    Reason.LEFT: "staff.followups.because_left",
    Reason.ANSWERED: "staff.followups.because_answered",
    Reason.NO_CHANNEL: "staff.followups.because_no_channel",
    Reason.BLOCKED: "staff.followups.because_blocked",
    Reason.MUTED: "staff.followups.because_muted",
    Reason.IN_WAVE: "staff.followups.because_in_wave",
    Reason.BUDGET: "staff.followups.because_budget",
    Reason.TODAY: "staff.followups.because_today",
    Reason.SAME_CHAT: "staff.followups.because_same_chat",
}
_FAILED: Final = {
    "blocked": "staff.followups.failed_blocked",
    "failed": "staff.followups.failed_failed",
    "expired": "staff.followups.failed_expired",
    "muted": "staff.followups.failed_muted",
    "cleared": "staff.followups.failed_cleared",
    "unknown": "staff.followups.failed_unknown",
}
_WHY: Final = {
    "text": "staff.followups.why_text",
    "people": "staff.followups.why_people",
    "time": "staff.followups.why_time",
    "other": "staff.followups.why_other",
}


def on_list(page: Page, event: on.FollowUpsShown) -> None:
    """Show the follow-ups of the scope."""
    if event.problem:
        page.say(_PROBLEMS[event.problem])
    page.say("staff.followups.heading", place=event.place)
    if event.problem == "refused":
        page.close()
        return
    looks = []
    for number, wave in enumerate(event.waves, 1):
        page.say(
            "staff.followups.line",
            number=str(number),
            date=day_in_words(page.texts, wave.started_at.date()),
            place=wave.place,
            state=page.texts(_STATES[wave.state]),
            planned=str(wave.planned),
        )
        label = page.texts("staff.followups.b_wave", number=str(number))
        looks.append(page.labelled(label, desk_press(Area.FOLLOW_UPS, "wav", wave.tag)))
    if not event.waves:
        page.say("staff.followups.none")
    rows = [[_button(page, "new", "staff.followups.b_new")]]
    rows += [looks[first : first + 2] for first in range(0, len(looks), 2)]
    if event.to_judge:
        page.say("staff.followups.to_judge", count=str(event.to_judge))
        rows.append([_button(page, "jdg", "staff.followups.b_judge")])
    page.close([*rows, [page.button("desk", talk_press(TalkWish.DESK))]])


def on_preview(page: Page, event: on.PreviewShown) -> None:
    """Show what would happen, and let it happen."""
    texts = page.texts
    page.say("staff.followups.preview", terms=terms_in_words(texts, event.terms))
    page.say("staff.followups.count", count=str(event.count))
    page.lines.append("\n".join(_left_out(texts, event.excluded)))
    for sample in event.samples:
        page.say("staff.followups.sample", text=sample)
    if event.count:
        day = day_in_words(texts, event.finish_at.date())
        page.say("staff.followups.finish", date=day, time=f"{event.finish_at:%H:%M}")
        page.say("staff.followups.more", count=str(event.could_get_more))
    else:
        page.say("staff.followups.nobody")
    page.close(
        [
            *_go(page, event),
            [_button(page, "wrd", "staff.followups.b_other_text")],
            [_button(page, "flt", "staff.followups.b_back"), _button(page, "", _LIST)],
        ]
    )


def _left_out(texts: Texts, excluded: Mapping[Reason, int]) -> list[str]:
    if not excluded:
        return []
    lines = [texts(_BECAUSE[reason], count=str(count)) for reason, count in excluded.items()]
    return [texts("staff.followups.left_out"), *lines]


def _go(page: Page, event: on.PreviewShown) -> list[list[Button]]:
    """Return the buttons that start what is shown, with and without the call list."""
    rows = []
    if event.count:
        label = page.texts("staff.followups.b_go", count=str(event.count))
        press = desk_press(Area.FOLLOW_UPS, "go", f"n-{event.number}-{event.count}-0")
        rows.append([page.labelled(label, press)])
    if event.to_call:
        key = "staff.followups.b_go_call" if event.count else "staff.followups.b_call"
        label = page.texts(key, count=str(event.to_call))
        press = desk_press(
            Area.FOLLOW_UPS, "go", f"c-{event.number}-{event.count}-{event.to_call}"
        )
        rows.append([page.labelled(label, press)])
    return rows


def on_started(page: Page, event: on.FollowUpStarted) -> None:
    """Say that it was started."""
    if event.count:
        page.say("staff.followups.started", count=str(event.count))
    if event.to_call:
        page.say("staff.followups.calls_started", count=str(event.to_call))


def on_wave(page: Page, event: on.WaveShown) -> None:
    """Show how a follow-up stands."""
    texts = page.texts
    started = day_in_words(texts, event.started_at.date())
    page.say("staff.followups.wave", date=started, state=texts(_STATES[event.state]))
    if event.reason:
        why = texts(_WHY[event.reason]) if event.reason in _WHY else event.reason
        day = day_in_words(texts, event.changed_at.date())
        page.say("staff.followups.wave_why", why=why, date=day)
    page.say("staff.followups.chosen", terms=terms_in_words(texts, event.terms))
    page.say("staff.followups.wave_text", text=as_read(texts, event.text))
    if not event.is_planned and event.state == "planning":
        page.say("staff.followups.still_planning")
    page.say(
        "staff.followups.wave_numbers",
        sent=str(event.sent),
        opened=str(event.opened),
        answered=str(event.answered),
        waiting=str(event.waiting),
    )
    if event.failed:
        between = texts("staff.followups.between")
        reasons = [texts(_FAILED[state], count=str(n)) for state, n in event.failed.items()]
        page.say("staff.followups.failed", reasons=between.join(reasons))
    page.close([*_changes(page, event), [_button(page, "", _LIST)]])


def _changes(page: Page, event: on.WaveShown) -> list[list[Button]]:
    look = [_button(page, "wav", "staff.followups.b_look", event.tag)]
    stop = _button(page, "ask", "staff.followups.b_stop", f"{event.tag}-stop")
    if event.state in ("planning", "running"):
        pause = _button(page, "ask", "staff.followups.b_pause", f"{event.tag}-pause")
        return [look, [pause, stop]]
    if event.state == "paused":
        return [look, [_button(page, "on", "staff.followups.b_resume", event.tag), stop]]
    return [look]


def on_why(page: Page, event: on.WhyAsked) -> None:
    """Ask why it is to be stopped or paused."""
    is_stop = event.what == "stop"
    page.say("staff.followups.why_stop" if is_stop else "staff.followups.why_pause")
    reasons = [
        _button(page, event.what, key, f"{event.tag}-{reason}") for reason, key in _WHY.items()
    ]
    back = _button(page, "wav", "staff.followups.b_look", event.tag)
    page.close([reasons[:2], reasons[2:], [back]])


def _button(page: Page, step: str, key: str, argument: str = "") -> Button:
    return page.labelled(page.texts(key), desk_press(Area.FOLLOW_UPS, step, argument))
