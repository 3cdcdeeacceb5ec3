"""All that is held on a person in plain words: for the chat, and as a text file from the page."""

from typing import Final

from bot.render.leaving import left_in_words
from bot.render.words import day_in_words
from bot.texts import Texts
from conversations.dialogue.review import title_of
from conversations.lobby.records import Deed, RecordCopy, Visit, Visitor

_WHO: Final[dict[Visitor, str]] = {
    "here": "visits.here",
    "elsewhere": "visits.elsewhere",
    "station": "visits.station",
    "county": "visits.county",
    "house": "visits.house",
}
_DEEDS: Final[dict[Deed, str]] = {
    "view": "visits.view",
    "copy": "visits.copy",
    "code": "visits.code",
    "pin": "visits.pin",
    "export": "visits.export",
    "people_code": "visits.people_code",
    "leave": "visits.leave",
    "mute": "visits.mute",
    "case.see": "visits.case_see",
    "phone.reveal": "visits.phone_reveal",
    "training.list": "visits.training_list",
    "entry.begin": "visits.entry_begin",
    "entry.submit": "visits.entry_submit",
    "person.see": "visits.person_see",
    "report.verify": "visits.report_verify",
    "report.return": "visits.report_return",
    "enter": "visits.enter",
    "talk": "visits.talk",
    "voice.hear": "visits.voice_hear",
    "case.close": "visits.case_close",
    "case.assign": "visits.case_assign",
    "visit.sheet": "visits.visit_sheet",
    "visit.take_in": "visits.visit_take_in",
    "prompts": "visits.prompts",
    "other": "visits.other",
}


def copy_lines(texts: Texts, copy: RecordCopy) -> list[str]:
    """Return the copy, a paragraph for each part of it."""
    day = day_in_words(texts, copy.reported_on)
    lines = [texts("record.heading", name=copy.subject.name, date=day)]
    for section in copy.sections:
        title = [texts("review.section", title=section.title)] if section.title else []
        shown = [
            texts(
                "review.line",
                label=title_of(line.question),
                shown=line.shown or texts("review.empty"),
            )
            for line in section.lines
        ]
        lines.append("\n".join([*title, *shown]))
    lines.append("\n".join(_history(texts, copy)))
    if copy.visits:
        seen = [visit_line(texts, visit) for visit in copy.visits]
        lines.append("\n".join([texts("visits.heading", name=copy.subject.name), *seen]))
    return [*lines, texts("copy.kept")]


def copy_text(texts: Texts, copy: RecordCopy) -> str:
    """Return the copy as the text of a file."""
    return "\n\n".join(copy_lines(texts, copy)) + "\n"


def visit_line(texts: Texts, visit: Visit) -> str:
    """Return who did what and when, on one line."""
    return texts(
        "visits.line",
        date=day_in_words(texts, visit.at.date()),
        time=f"{visit.at:%H:%M}",
        who=texts(_WHO[visit.who]),
        deed=texts(_DEEDS[visit.deed]),
    )


def _history(texts: Texts, copy: RecordCopy) -> list[str]:
    """Return when what was given, agreed to, withdrawn, left."""
    lines = [texts("copy.reported", date=day_in_words(texts, on)) for on in copy.reports]
    for given, withdrawn in copy.consents:
        lines.append(texts("copy.agreed", date=day_in_words(texts, given)))
        if withdrawn is not None:
            lines.append(texts("copy.withdrew", date=day_in_words(texts, withdrawn)))
    for left, back in copy.departures:
        lines.append(left_in_words(texts, left))
        if back is not None:
            lines.append(texts("copy.came_back", date=day_in_words(texts, back)))
    if copy.next_update_on is not None:
        lines.append(texts("record.next", date=day_in_words(texts, copy.next_update_on)))
    return lines
