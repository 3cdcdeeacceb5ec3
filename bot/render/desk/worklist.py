"""The work list, in words and buttons."""

from typing import Final, assert_never

from bot.messages import Button
from bot.render.desk.case_words import kind_words, outcome_words, prompted_words, title
from bot.render.page import Page
from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.cases import HANDED, MOVED_REASONS, REJECTED, Outcome, offered
from conversations.desk_errands import Area, desk_press
from conversations.lobby import worklist as on
from conversations.talk import TalkWish, talk_press

_MOST_TRIED: Final = 6
# What takes somebody out of the list for good stands last.
_OUTCOMES: Final = (
    (Outcome.COUNTY, "staff.worklist.b_county"),
    (Outcome.HELPED, "staff.worklist.b_help"),
    (Outcome.TONIGHT, "staff.worklist.b_eve"),
    (Outcome.NOT_HOME, "staff.worklist.b_out"),
    (Outcome.AGAIN, "staff.worklist.b_again"),
    (Outcome.ABROAD, "staff.worklist.b_abroad"),
    (Outcome.WRONG_NUMBER, "staff.worklist.b_wrong"),
    (Outcome.REFUSES, "staff.worklist.b_no"),
    (Outcome.MOVED, "staff.worklist.b_moved"),
    (Outcome.DIED, "staff.worklist.b_died"),
)
_LOOK_ON: Final = {
    Outcome.NOT_HOME: "staff.worklist.look_on_evening",
    **dict.fromkeys(HANDED, "staff.worklist.look_on_county"),
}
_REASONS: Final = (
    ("call", "staff.worklist.b_why_call"),
    ("visit", "staff.worklist.b_why_visit"),
    ("check", "staff.worklist.b_why_check"),
)
_DAYS: Final = (
    ("tom", "staff.worklist.b_tomorrow"),
    ("sun", "staff.worklist.b_sunday"),
    ("mid", "staff.worklist.b_mid_month"),
)
_MOVED: Final = dict(
    zip(
        MOVED_REASONS,
        (
            "staff.worklist.b_moved_away",
            "staff.worklist.b_moved_town",
            "staff.worklist.b_moved_other",
            "staff.worklist.b_moved_school",
            "staff.worklist.b_moved_army",
        ),
        strict=True,
    )
)


def outcomes(texts: Texts, kind: str) -> list[tuple[str, str]]:
    """Return how a call about a case of this kind can end, with labels, in order."""
    return [(one.value, texts(key)) for one, key in _outcomes(kind)]


def _outcomes(kind: str) -> list[tuple[Outcome, str]]:
    mends = {Outcome.HELPED: "staff.worklist.b_mend"} if kind == REJECTED else {}
    possible = offered(kind)
    return [(one, mends.get(one, key)) for one, key in _OUTCOMES if one in possible]


def moved_reasons(texts: Texts) -> list[tuple[str, str]]:
    """Return why somebody is not in the range any more, with labels."""
    return [(code, texts(key)) for code, key in _MOVED.items()]


def render_worklist(page: Page, event: on.WorkListEvent) -> None:
    """Put what this event says on the page."""
    match event:
        case on.WorkListShown():
            _on_list(page, event)
        case on.KindsOffered():
            _on_kinds(page, event)
        case on.CaseOpened():
            _on_case(page, event)
        case on.DayAsked():
            page.say("staff.worklist.day_unclear" if event.is_unclear else "staff.worklist.day")
            pairs = [(key, f"{event.tag}-{value}") for value, key in _DAYS]
            _choices(page, "day", pairs, event.tag)
        case on.MovedAsked():
            page.say("staff.worklist.moved")
            pairs = [(key, f"{event.tag}-{value}") for value, key in _MOVED.items()]
            _choices(page, "moved", pairs, event.tag)
        case on.DiedAsked():
            page.say("staff.worklist.died")
            _choices(page, "died", [("staff.worklist.b_died_sure", event.tag)], event.tag)
        case on.PhoneReasonAsked():
            page.say("staff.worklist.why")
            pairs = [(key, f"{event.tag}-{value}") for value, key in _REASONS]
            _choices(page, "why", pairs, event.tag)
        case on.PhoneRevealed():
            _on_phone(page, event)
        case on.OutcomeKept():
            _on_outcome(page, event)
        case on.NoteKept():
            page.say("staff.worklist.noted")
        case on.CaseNotThere():
            page.say("staff.worklist.gone")
        case _:
            assert_never(event)


def _on_list(page: Page, event: on.WorkListShown) -> None:
    page.say("staff.worklist.heading")
    if event.kind or event.words:
        chosen = event.words or kind_words(page.texts, event.kind)
        page.say("staff.worklist.filtered", what=chosen)
    if event.total:
        page.say("staff.worklist.total", count=str(event.total))
    else:
        page.say("staff.worklist.no_match" if event.words else "staff.worklist.nothing")
    if event.later:
        page.say("staff.worklist.later", count=str(event.later))
    rows = []
    for line in event.lines:
        rows.append([_button(page, title(page.texts, line), "case", line.tag)])
    if event.total:
        page.say("staff.worklist.how_to_filter")
    turns = []
    if event.page > 0:
        turns.append(_named(page, "staff.worklist.b_before", "page", str(event.page - 1)))
    if event.page + 1 < event.pages:
        turns.append(_named(page, "staff.worklist.b_after", "page", str(event.page + 1)))
    filters = [_named(page, "staff.worklist.b_kinds", "kinds")] if event.total else []
    if event.kind or event.words:
        filters.append(_named(page, "staff.worklist.b_all", ""))
    desk = page.button("desk", talk_press(TalkWish.DESK))
    page.close([row for row in (*rows, turns, filters, [desk]) if row], protect=True)


def _on_kinds(page: Page, event: on.KindsOffered) -> None:
    page.say("staff.worklist.which_kind")
    rows = [
        [_button(page, f"{kind_words(page.texts, kind)} {count}", "kind", kind)]
        for kind, count in event.kinds
    ]
    page.close([*rows, [_named(page, "staff.worklist.b_all", "")]])


def _on_case(page: Page, event: on.CaseOpened) -> None:
    texts, line = page.texts, event.line
    facts = [title(texts, line)]
    if event.place:
        facts.append(texts("staff.worklist.place", place=event.place))
    if event.phone:
        facts.append(texts("staff.worklist.phone", phone=event.phone))
    page.lines.append("\n".join(facts))
    if line.days:
        page.say("staff.worklist.since", days=str(line.days))
    else:
        page.say("staff.worklist.since_today")
    page.lines.append(prompted_words(texts, event.prompted))
    if line.is_visit:
        page.say("staff.worklist.visit")
    if event.tried:
        said = [
            texts(
                "staff.worklist.tried_line",
                day=day_in_words(texts, one.on),
                what=outcome_words(texts, one),
            )
            for one in event.tried[-_MOST_TRIED:]
        ]
        page.say("staff.worklist.tried", count=str(len(event.tried)))
        page.lines.append("\n".join(said))
    if line.is_taken:
        page.say("staff.worklist.taken")
    page.close(_case_rows(page, event), protect=True)


def _case_rows(page: Page, event: on.CaseOpened) -> list[list[Button]]:
    tag, rows = event.line.tag, []
    if event.can_talk:
        place = event.line.name or page.texts("staff.worklist.somebody")
        press = talk_press(TalkWish.CALL, tag)
        rows.append([page.button("call_back", press, "success", place=place)])
    if event.line.kind == "voice":
        place = event.line.name or page.texts("staff.worklist.somebody")
        rows.append([page.button("hear_note", talk_press(TalkWish.HEAR, tag), place=place)])
    if event.can_try and event.phone:
        rows.append([_named(page, "staff.worklist.b_phone", "phone", tag)])
    if event.can_try:
        rows += _outcome_rows(page, event)
    elif not event.line.is_taken:
        rows.append([page.button("case_done", talk_press(TalkWish.DONE, tag))])
    return [*rows, [_named(page, "staff.worklist.b_leave", "leave", tag)]]


def _outcome_rows(page: Page, event: on.CaseOpened) -> list[list[Button]]:
    """Return the outcomes two in a row; the one of a refused report alone, for it is long."""
    kind, tag = event.line.kind, event.line.tag
    if kind == REJECTED:
        page.say("staff.worklist.how_rejected")
    page.say("staff.worklist.how_to_note")
    buttons = [_named(page, key, "out", f"{tag}-{value}") for value, key in _outcomes(kind)]
    first = 1 if kind == REJECTED else 0
    pairs = [buttons[at : at + 2] for at in range(first, len(buttons), 2)]
    return [buttons[:first], *pairs] if first else pairs


def _on_phone(page: Page, event: on.PhoneRevealed) -> None:
    page.say("staff.worklist.whole", phone=event.phone)
    page.close([[_named(page, "staff.worklist.b_case", "case", event.tag)]], protect=True)


def _on_outcome(page: Page, event: on.OutcomeKept) -> None:
    page.say("staff.worklist.kept")
    if event.is_reminded:
        page.say("staff.worklist.reminded")
    match event.outcome:
        case Outcome.REFUSES:
            page.say("staff.worklist.refused")
        case Outcome.COUNTY:
            page.say("staff.worklist.handed")
        case Outcome.WRONG_NUMBER:
            page.say("staff.worklist.visit")
        case Outcome.MOVED | Outcome.DIED:
            page.say("staff.worklist.left")
        case _:
            pass
    if event.look_on is not None:
        key = _LOOK_ON.get(event.outcome, "staff.worklist.look_on")
        page.say(key, day=day_in_words(page.texts, event.look_on))


def _choices(page: Page, step: str, pairs: list[tuple[str, str]], tag: str) -> None:
    """Close with one button a choice, and the way back to the case."""
    rows = [[_named(page, key, step, argument)] for key, argument in pairs]
    page.close([*rows, [_named(page, "staff.worklist.b_case", "case", tag)]])


def _named(page: Page, key: str, step: str, argument: str = "") -> Button:
    return _button(page, page.texts(key), step, argument)


def _button(page: Page, label: str, step: str, argument: str = "") -> Button:
    return page.labelled(label, desk_press(Area.WORK_LIST, step, argument))
