"""Villages: known ones are offered, a part of a name is enough, any other name can be given."""

from typing import Final

import pytest

from conversations.dialogue.scene import Setting
from conversations.events import AnswerRejected
from conversations.xform import Form
from tests.conversations.talk import NOW, Talk
from tests.forms import people

WHO: Final = people.FARMING


def _known(talk: Talk) -> tuple[str, ...]:
    return talk.setting.villages[WHO["township"]]


@pytest.mark.parametrize("said", ["", "  ", "😀", "12", "\x00"])
def test_what_is_no_name_is_refused_with_a_reason(talk: Talk, said: str) -> None:
    talk.walk(WHO, "village").write(said)
    assert talk.events(AnswerRejected)
    assert talk.value("village") == ""


def test_a_blank_is_no_village_even_where_there_is_only_one(form: Form) -> None:
    talk = Talk(form, Setting(NOW, {WHO["township"]: ("东张村",)})).walk(WHO, "village")
    talk.write(" ")
    assert talk.events(AnswerRejected)
    assert talk.value("village") == ""
    talk.write("东")
    assert talk.value("village") == "东张村"


def test_part_of_a_known_name_is_enough(talk: Talk) -> None:
    full = next(
        name for name in _known(talk) if sum(name[:2] in other for other in _known(talk)) == 1
    )
    talk.walk(WHO, "village").write(full[:2])
    assert talk.value("village") == full


def test_a_guess_that_was_wrong_can_be_put_right(talk: Talk) -> None:
    full = next(
        name for name in _known(talk) if sum(name[:2] in other for other in _known(talk)) == 1
    )
    talk.walk(WHO, "village").write(full[:2])
    talk.write("返回")
    talk.write(full[:2])
    assert talk.value("village") == full[:2]


def test_a_name_that_is_part_of_many_can_be_insisted_on(talk: Talk) -> None:
    talk.walk(WHO, "village").write("村")
    assert talk.at == "village"
    assert talk.interview.query == "村"
    talk.write("村")
    assert talk.value("village") == "村"


def test_a_known_name_with_a_full_stop_is_that_name(talk: Talk) -> None:
    name = _known(talk)[0]
    talk.walk(WHO, "village").write(f" {name}。")
    assert talk.value("village") == name


def test_a_name_that_nobody_knows_is_taken(talk: Talk) -> None:
    talk.walk(WHO, "village").write("返回沟自然村")
    assert talk.value("village") == "返回沟自然村"
