"""Follow-up prompts, in words and buttons: the list, choosing people, texts."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.desk.followups_terms import terms_in_words
from bot.render.desk.followups_waves import on_list, on_preview, on_started, on_wave, on_why
from bot.render.desk.placeholders import as_read, placeholder, placeholders
from bot.render.page import Page
from bot.texts import Texts
from conversations.desk_errands import Area, desk_press
from conversations.lobby import followups as on
from conversations.wordings import Fault, WordingFault

_CONDITIONS: Final = (
    (("not_started", "staff.followups.b_not_started"),),
    (("unconfirmed", "staff.followups.b_unconfirmed"),),
    (("stuck_for", "staff.followups.b_stuck_for"), ("stuck_in", "staff.followups.b_stuck_in")),
    (("training", "staff.followups.b_training"), ("job", "staff.followups.b_job")),
    (("place", "staff.followups.b_place"), ("status", "staff.followups.b_status")),
    (("village", "staff.followups.b_village"), ("age", "staff.followups.b_age")),
    (("answered_before", "staff.followups.b_answered_before"), ("sex", "staff.followups.b_sex")),
)
_LIST: Final = "staff.followups.b_list"
_WOMAN: Final = "staff.followups.woman"
_PROBLEMS: Final = {
    "empty": "staff.followups.empty",
    "village": "staff.followups.village_wrong",
    "age": "staff.followups.age_wrong",
}
_ASKED: Final = {
    "village": "staff.followups.ask_village",
    "age": "staff.followups.ask_age",
    "text": "staff.followups.ask_text",
}
_FAULTS: Final = {
    Fault.EMPTY: "staff.followups.fault_empty",
    Fault.TOO_LONG: "staff.followups.fault_too_long",
    Fault.BRACE: "staff.followups.fault_brace",
    Fault.PLACEHOLDER: "staff.followups.fault_placeholder",
    Fault.LINK: "staff.followups.fault_link",
    Fault.NUMBER: "staff.followups.fault_number",
    Fault.ASKS: "staff.followups.fault_asks",
    Fault.NO_VALUE: "staff.followups.fault_no_value",
}


def render_followups(page: Page, event: on.FollowUpEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.FollowUpsShown():
            on_list(page, event)
        case on.FilterShown():
            _on_filter(page, event)
        case on.ScopesOffered():
            _on_scopes(page, event)
        case on.OptionsShown():
            _on_options(page, event)
        case on.WordsAsked():
            _on_words(page, event)
        case on.TextsShown():
            _on_texts(page, event)
        case on.TextFaulty():
            _on_faulty(page, event)
        case on.TextKept():
            _on_kept(page, event)
        case on.CountBegun():
            page.say("staff.followups.counting")
            page.close([[_button(page, "see", "staff.followups.b_count")]])
        case on.PreviewShown():
            on_preview(page, event)
        case on.FollowUpStarted():
            on_started(page, event)
        case on.WaveShown():
            on_wave(page, event)
        case on.WhyAsked():
            on_why(page, event)
        case on.TextToJudge():
            _on_judge(page, event)
        case on.TextJudged():
            key = "staff.followups.approved"
            page.say(key if event.is_approved else "staff.followups.refused_text")
        case _:
            assert_never(event)


def _button(page: Page, step: str, key: str, argument: str = "") -> Button:
    return page.labelled(page.texts(key), desk_press(Area.FOLLOW_UPS, step, argument))


def _back(page: Page) -> list[Button]:
    return [_button(page, "flt", "staff.followups.b_back"), _button(page, "", _LIST)]


def _on_filter(page: Page, event: on.FilterShown) -> None:
    page.say("staff.followups.choose")
    said = terms_in_words(page.texts, event.terms)
    if said:
        page.say("staff.followups.chosen", terms=said)
    else:
        page.say("staff.followups.nothing_yet")
    if event.problem:
        page.say(_PROBLEMS[event.problem])
    rows = [[_button(page, "add", key, kind) for kind, key in row] for row in _CONDITIONS]
    rows[:2] = [[*rows[0], *rows[1]]]
    if said:
        rows.append([_button(page, "wrd", "staff.followups.b_next")])
        rows.append([_button(page, "zap", "staff.followups.b_zap")])
    rows.append([_button(page, "", _LIST)])
    page.close(rows)


def _on_scopes(page: Page, event: on.ScopesOffered) -> None:
    page.say("staff.followups.which_place")
    rows = [
        [page.labelled(place.label, desk_press(Area.FOLLOW_UPS, "new", place.value))]
        for place in event.places
    ]
    page.close([*rows, [_button(page, "", _LIST)]])


def _on_options(page: Page, event: on.OptionsShown) -> None:
    page.say("staff.followups.which")
    if event.pages > 1:
        page.say("staff.followups.page", page=str(event.page + 1), pages=str(event.pages))
    buttons = [
        page.labelled(
            _label(page, event, option),
            desk_press(Area.FOLLOW_UPS, "set", f"{event.kind}-{option.value}"),
        )
        for option in event.options
    ]
    rows = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    rows.append(_pages(page, "pg", event.page, event.pages, f"{event.kind}-"))
    rows.append([_button(page, "set", "staff.followups.b_any", event.kind)])
    rows.append([_button(page, "flt", "staff.followups.b_back")])
    page.close(rows)


def _label(page: Page, event: on.OptionsShown, option: on.Option) -> str:
    if event.kind in ("stuck_for", "answered_before"):
        return page.texts("staff.followups.b_days", days=option.label)
    if event.kind == "sex":
        return page.texts("staff.followups.man" if option.value == "1" else _WOMAN)
    return option.label or page.texts("staff.followups.stuck_in_summary")


def _pages(page: Page, step: str, at: int, pages: int, before: str = "") -> list[Button]:
    row = []
    if at > 0:
        row.append(_button(page, step, "staff.followups.b_earlier", f"{before}{at - 1}"))
    if at + 1 < pages:
        row.append(_button(page, step, "staff.followups.b_later", f"{before}{at + 1}"))
    return row


def _on_words(page: Page, event: on.WordsAsked) -> None:
    page.say(_ASKED[event.what], placeholders=placeholders(page.texts))
    back = ("wrd", "staff.followups.b_other_text") if event.what == "text" else None
    page.close([[_button(page, *(back or ("flt", "staff.followups.b_back")))]])


def _on_texts(page: Page, event: on.TextsShown) -> None:
    page.say("staff.followups.texts")
    rows = []
    for number, offered in enumerate(event.texts, 1):
        page.say(
            "staff.followups.text", number=str(number), text=as_read(page.texts, offered.text)
        )
        press = desk_press(Area.FOLLOW_UPS, "use", offered.value)
        rows.append(page.labelled(page.texts("staff.followups.b_use", number=str(number)), press))
    page.close(
        [
            *(rows[first : first + 2] for first in range(0, len(rows), 2)),
            _pages(page, "wrd", event.page, event.pages),
            [_button(page, "own", "staff.followups.b_own")],
            _back(page),
        ]
    )


def _on_faulty(page: Page, event: on.TextFaulty) -> None:
    page.say("staff.followups.faulty")
    page.lines.append("\n".join(fault_words(page.texts, fault) for fault in event.faults))
    page.say("staff.followups.yours", text=as_read(page.texts, event.text) or "-")
    page.close([[_button(page, "wrd", "staff.followups.b_other_text")], _back(page)])


def _on_kept(page: Page, event: on.TextKept) -> None:
    page.say("staff.followups.kept" if event.is_approved else "staff.followups.kept_draft")
    step = "see" if event.is_approved else "wrd"
    page.close([[_button(page, step, "staff.followups.b_next")], _back(page)])


def fault_words(texts: Texts, fault: WordingFault) -> str:
    """Return what is wrong with a text, and what to do."""
    detail = fault.detail
    if fault.fault in (Fault.PLACEHOLDER, Fault.NO_VALUE):
        detail = placeholder(texts, detail)
    return texts(_FAULTS[fault.fault], detail=detail, placeholders=placeholders(texts))


def _on_judge(page: Page, event: on.TextToJudge) -> None:
    page.say("staff.followups.judge", place=event.place)
    page.lines.append(as_read(page.texts, event.text))
    yes = _button(page, "yes", "staff.followups.b_yes", event.tag)
    no = _button(page, "no", "staff.followups.b_no", event.tag)
    page.close([[yes, no], [_button(page, "", _LIST)]])
