"""Packs: what can be heard is found by the very sentence, and by nothing else."""

from datetime import UTC, datetime
from pathlib import Path

from bot.clips import ogg
from bot.clips.pack import ID_LENGTH, Pack, load_pack
from bot.places import load_places
from bot.recording.sentences import sentences
from bot.texts import Texts
from conversations.xform import Form, Session
from tests.clips.tones import packed, recorded

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_question_is_heard_with_its_options_by_number(folder: Path) -> None:
    pack = packed(folder, {"numbers/1": "一", "numbers/2": "二", "f/q": "问？", "f/q/b": "乙"})
    clip = pack.question("问？", "", ["甲", "乙"])
    ids = [pack.ids[said] for said in ("问？", "二", "乙")]
    assert clip == "".join(ids)
    sound = pack.sound(clip)
    assert sound is not None
    assert len(ogg.read(sound).packets) == 3 + 2 + 4 + 2 * 15


def test_a_question_that_reads_otherwise_now_is_not_heard(folder: Path) -> None:
    pack = packed(folder, {"f/q": "问？\n比如：甲", "f/q/a": "甲"})
    assert pack.question("问？", "比如：甲")
    assert pack.question("问？", "比如：乙") == ""
    assert pack.question("问？", "", ["甲"]) == ""


def test_what_leads_up_to_a_question_is_heard_first(folder: Path) -> None:
    pack = packed(folder, {"f/n": "先说一句。", "f/q": "问？"})
    assert pack.question("问？", "", before=["先说一句。", "没录的"]) == "".join(
        pack.ids[said] for said in ("先说一句。", "问？")
    )


def test_names_that_are_no_clips_have_no_sound(folder: Path) -> None:
    pack = packed(folder, {"f/q": "问？"})
    known = pack.ids["问？"]
    for name in ("", "x", known[:-1], known + "x", "AAAAA", known * 65):
        assert pack.sound(name) is None
    assert pack.sound(known * 64)


def test_a_damaged_or_missing_file_is_left_out(folder: Path) -> None:
    packed(folder, {"f/a": "甲", "f/b": "乙", "f/c": "丙"})
    (folder / "f" / "a.ogg").write_bytes(recorded(9)[:50])
    (folder / "f" / "b.ogg").unlink()
    assert set(load_pack(folder).ids) == {"丙"}
    assert not load_pack(folder / "nowhere")


def test_each_wording_of_a_question_is_to_be_recorded(form: Form, texts: Texts) -> None:
    wanted = sentences(form, texts, NOW)
    asked = [one.text for one in wanted if one.name.startswith("rural_labour/hukou_kind")]
    assert {text.partition("的户口")[0] for text in asked[:3]} == {"您", "这位家人", "这位老乡"}
    assert len({one.text for one in wanted}) == len(wanted)
    assert len({one.name for one in wanted}) == len(wanted)


def test_what_depends_on_a_person_is_never_to_be_recorded(form: Form, texts: Texts) -> None:
    wanted = sentences(form, texts, NOW, every=True)
    assert not any("identity_confirm" in one.name for one in wanted)
    assert not any("{" in one.text for one in wanted)


def test_long_lists_are_to_be_recorded_only_when_asked_for(form: Form, texts: Texts) -> None:
    def names(*, every: bool) -> set[str]:
        return {one.name for one in sentences(form, texts, NOW, every=every)}

    assert not any(name.startswith("places/") for name in names(every=False))
    assert len([name for name in names(every=True) if name.startswith("places/")]) > 1000


def test_places_are_called_as_the_form_offers_them(form: Form) -> None:
    session = Session(form, NOW, values={form.roles["city"]: "c01"})
    offered = {
        choice.name: choice.label for choice in session.question(form.roles["city"]).choices
    }
    places = load_places().by_id
    assert {name: places[name].name for name in offered} == offered


def test_every_question_of_the_form_can_be_heard_in_the_pack_that_ships(
    form: Form, texts: Texts, sample: Pack
) -> None:
    wanted = [one.text for one in sentences(form, texts, NOW) if one.name.count("/") == 1]
    asked = [text for text in wanted if text not in texts.sentences.values()]
    unheard = [text for text in asked if text not in sample.ids]
    assert len(unheard) <= len(asked) // 20, "make it anew: python -m bot.recording.robot"
    assert all(len(one) == ID_LENGTH for one in sample.ids.values())
    assert all(sample.numbers)
