"""What a chat is told without having spoken, in words and buttons."""

from typing import Literal, assert_never

from bot.messages import Button, Message
from bot.render.talk import leave_button, said_by_staff
from bot.texts import Texts
from conversations.buttons import encode
from conversations.lobby.wishes import Wish, menu_press
from conversations.talk import TalkWish, talk_press
from storage.outbox import Post

# What goes to workers; the rest goes to staff.
_ToWorker = Literal[
    "voice",
    "taken",
    "called_back",
    "said_by_staff",
    "waits_again",
    "left_by_staff",
    "silent_for_worker",
    "returned",
    "nobody_came",
    "entered_by_staff",
]


def post_message(texts: Texts, post: Post, contact: str = "") -> Message:
    """Return the message of a post.

    Args:
        contact: phone or address of the stations, "" for none.
    """
    number, kind = str(post.number), post.kind
    match kind:
        case "called":
            said = texts("staff.called", number=number, place=post.words)
            press = encode(talk_press(TalkWish.TAKE, post.about))
            take = Button(texts("button.take", number=number), press, "success")
            return Message(said, ((take,),))
        case "withdrawn":
            return Message(texts("staff.withdrawn", number=number))
        case "taken_by_other":
            return Message(texts("staff.taken_by_other", number=number))
        case "said_by_worker":
            return Message(texts("staff.their_line", number=number, words=post.words))
        case "left_by_worker":
            return _at_desk(texts, texts("staff.left", number=number))
        case "silent_for_staff":
            return _at_desk(texts, texts("staff.silent", number=number))
        case "gone":
            return _at_desk(texts, texts("staff.gone", number=number))
        case "unreachable":
            return _at_desk(texts, texts("staff.unreachable", number=number))
        case "voice_came":
            return _at_desk(texts, texts("staff.voice_came"))
        case "bulk_stopped":
            key = "staff.bulk_blocked" if post.about == "blocked" else "staff.bulk_failed"
            return Message(texts(key, count=number))
        case "counted":
            return Message(texts("staff.followups.counting"))
        case _:
            return _to_worker(texts, post, kind, contact)


def _to_worker(texts: Texts, post: Post, kind: _ToWorker, contact: str) -> Message:
    match kind:
        case "voice":
            return Message(_caption(texts, post))
        case "taken":
            return Message(texts("talk.taken"), ((leave_button(texts),),))
        case "called_back":
            return Message(texts("talk.called_back"), ((leave_button(texts),),))
        case "waits_again":
            return Message(texts("talk.waits_again"), ((leave_button(texts),),))
        case "said_by_staff":
            return Message(said_by_staff(texts, post.words))
        case "left_by_staff":
            return Message(texts("talk.over_staff"))
        case "silent_for_worker":
            return Message(texts("talk.over_silence"))
        case "returned":
            return _returned(texts, post)
        case "nobody_came":
            said = texts("talk.over_nobody")
            if contact:
                said += "\n\n" + texts("talk.contact", contact=contact)
            return Message(said)
        case "entered_by_staff":
            record = Button(texts("button.record"), encode(menu_press(Wish.RECORD)))
            return Message(texts("talk.entered", name=post.words), ((record,),))
        case _:
            assert_never(kind)


def _returned(texts: Texts, post: Post) -> Message:
    told = texts("returned.told", name=post.name)
    asks = texts("returned.asks", title=post.line, words=post.words)
    press = encode(menu_press(Wish.ANSWER, post.about))
    button = Button(texts("button.answer_query"), press, "primary")
    return Message(f"{told}\n\n{asks}", ((button,),), protect=True)


def _caption(texts: Texts, post: Post) -> str:
    if post.number:
        return texts("staff.voice_line", number=str(post.number))
    return texts("staff.voice_to", question=post.words)


def _at_desk(texts: Texts, said: str) -> Message:
    button = Button(texts("button.desk"), encode(talk_press(TalkWish.DESK)))
    return Message(said, ((button,),))
