"""The people of a chat in words and buttons: the list, switching, looking for who is known."""

from bot.messages import Button
from bot.render.language import language_buttons
from bot.render.page import Page
from bot.render.words import day_in_words, grouped
from conversations.lobby import events as lobby
from conversations.lobby import finding
from conversations.lobby.wishes import Wish, menu_press

_LISTED = 5
# Longer names take a row of buttons each.
_SHORT = 4


def who(page: Page, member: lobby.Member) -> str:
    """Return how somebody is called: by name, else by what they are to the informant."""
    return member.name or member.relation or page.texts("people.nobody")


def people_shown(page: Page, event: lobby.PeopleShown) -> None:
    """Show the list, with what can be done about each."""
    told_of_taken(page, event.taken)
    page.say("people.heading")
    page.lines.append("\n".join(_line(page, member) for member in event.members))
    if event.pages > 1:
        page.say("people.pages", page=str(event.page + 1), pages=str(event.pages))
    rows = [row for member in event.members for row in _rows(page, member)]
    rows.append(_paging(page, event))
    rows.append([page.button("for_relative", menu_press(Wish.NEW))])
    page.close(rows, protect=True)


def menu_shown(page: Page, event: lobby.MenuShown) -> None:
    """Show what can be done in a chat with nothing open."""
    told_of_taken(page, event.taken)
    page.say("menu.greeting")
    for person in event.people[:_LISTED]:
        key = "menu.due" if person.is_due else "menu.line"
        page.say(key, name=person.name, date=day_in_words(page.texts, person.reported_on))
    for member in event.drafts[:_LISTED]:
        page.lines.append(_line(page, member))
    if len(event.people) > _LISTED or len(event.drafts) > _LISTED:
        page.say("people.more", count=str(len(event.people) + len(event.drafts)))
    rows = [[_go_on(page, member)] for member in event.drafts[:_LISTED]]
    due = [person for person in event.people if person.is_due]
    rows += [[_update(page, person.tag, person.name, len(due))] for person in due[:_LISTED]]
    if event.people or event.drafts:
        rows.append(
            [
                page.button("record", menu_press(Wish.RECORD)),
                page.button("people", menu_press(Wish.PEOPLE)),
            ]
        )
        rows.append([page.button("for_relative", menu_press(Wish.NEW))])
    else:
        rows.append([page.button("first_report", menu_press(Wish.NEW), "primary")])
        rows.append([page.button("find", menu_press(Wish.FIND))])
    rows.append(language_buttons(page))
    page.close(rows)


def told_of_taken(page: Page, names: tuple[str, ...]) -> None:
    """Tell who fills in for themselves from now on."""
    for name in names:
        page.say("people.taken", name=name)


def switch_offered(page: Page, event: lobby.SwitchOffered) -> None:
    """Ask whether the chat shall talk about the person of the tapped button."""
    rows = [[_go_on(page, event.member)]]
    if event.current is None:
        page.say("people.other_button", who=who(page, event.member))
    else:
        page.say("people.switch", who=who(page, event.member), now=who(page, event.current))
        stay = page.button("stay", menu_press(Wish.RESUME), who=who(page, event.current))
        rows.append([stay])
    page.close(rows, input_hint="none")


def drop_asked(page: Page, member: lobby.Member) -> None:
    """Ask before anything is deleted."""
    page.say("people.drop_asked", who=who(page, member))
    yes = page.button("drop_yes", menu_press(Wish.DROP, str(member.interview)), "danger")
    no = page.button("drop_no", menu_press(Wish.PEOPLE))
    page.close([[no], [yes]], input_hint="none")


def search_offered(page: Page, event: finding.SearchOffered) -> None:
    """Say how somebody who is known finds what is known."""
    if event.can_share:
        page.say("search.share")
        page.close(ask_phone=True)
    else:
        page.say("search.code")
        page.close([[page.button("from_scratch", menu_press(Wish.NEW))]])


def phone_matched(page: Page, event: finding.PhoneMatched) -> None:
    """Ask which of those with this phone it is."""
    page.say("search.which" if len(event.matches) > 1 else "search.is_it")
    rows = [[_match(page, match)] for match in event.matches]
    rows.append([page.button("none_of_them", menu_press(Wish.NEW))])
    page.close(rows, input_hint="none", protect=True)


def record_taken_over(page: Page, event: finding.RecordTakenOver) -> None:
    """Say that the record is the person's own now, with a code that nobody else knows."""
    page.say("people.yours", name=event.name)
    page.say("receipt.code", code=grouped(event.return_code))
    page.say("receipt.old_code")
    page.close(protect=True)


def _line(page: Page, member: lobby.Member) -> str:
    name = who(page, member)
    match member.standing:
        case "open" if member.part is not None:
            number, count = str(member.part.number), str(member.part.count)
            line = page.texts("people.open", who=name, number=number, count=count)
        case "open":
            line = page.texts("people.begun", who=name)
        case "unsent":
            line = page.texts("people.unsent", who=name)
        case "not_begun":
            line = page.texts("people.not_begun", who=name)
        case "left":
            line = page.texts("people.left", who=name)
        case "due" | "reported":
            key = "menu.due" if member.standing == "due" else "menu.line"
            day = member.reported_on
            line = page.texts(key, name=name, date=day_in_words(page.texts, day) if day else "")
    return line + page.texts("people.current") if member.is_current else line


def _rows(page: Page, member: lobby.Member) -> list[list[Button]]:
    name = who(page, member)
    match member.standing:
        case "open" | "unsent":
            return _rows_of_draft(page, member)
        case "not_begun":
            begin = menu_press(Wish.BEGIN, member.tag)
            return [[page.button("begin_with", begin, "primary", who=name)]]
        case "due":
            return [[_update(page, member.tag, name, 2)]]
        case "reported" | "left":
            return []


def _rows_of_draft(page: Page, member: lobby.Member) -> list[list[Button]]:
    go_on, name = _go_on(page, member), who(page, member)
    if not (member.name or member.relation):
        return [[go_on]]
    press = menu_press(Wish.ASK_DROP, str(member.interview))
    drop = page.button("drop_draft", press, who=name)
    return [[go_on, drop]] if len(name) <= _SHORT else [[go_on], [drop]]


def _go_on(page: Page, member: lobby.Member) -> Button:
    if member.is_current:
        press = menu_press(Wish.RESUME)
    else:
        press = menu_press(Wish.SWITCH, str(member.interview))
    return page.button("go_on_with", press, "primary", who=who(page, member))


def _update(page: Page, tag: str, name: str, count: int) -> Button:
    """Return the button that begins the update; with the name where there are several."""
    press = menu_press(Wish.UPDATE, tag)
    if count == 1:
        return page.button("update", press, "primary")
    return page.button("update_of", press, "primary", who=name)


def _paging(page: Page, event: lobby.PeopleShown) -> list[Button]:
    if event.pages == 1:
        return []
    before = menu_press(Wish.PEOPLE, str((event.page - 1) % event.pages))
    after = menu_press(Wish.PEOPLE, str((event.page + 1) % event.pages))
    return [page.button("previous_page", before), page.button("next_page", after)]


def _match(page: Page, match: finding.PhoneMatch) -> Button:
    press = menu_press(Wish.CHOOSE, match.tag)
    year = str(match.birth_year or "")
    if match.source == "roster":
        key = "match_roster_year" if year else "match_roster"
    else:
        key = "match_report_year" if year else "match_report"
    return page.button(key, press, surname=match.surname, year=year)
