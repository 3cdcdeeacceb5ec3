"""Whatever is said in one language is said in all: the questionnaire and the catalogues."""

import shutil
from pathlib import Path

import pytest

from bot.forms.compile import compile_form
from bot.forms.languages import gaps_in_form, gaps_in_texts
from bot.texts import CATALOGUES, languages_in, load_texts
from conversations.xform import Form, Session, load_form
from tests.forms.conftest import NOW

ENGLISH = "English (en)"
PLACES = {
    "大同市": "Datong City",
    "吕梁市": "Lüliang City",
    "长治市": "Changzhi City",
    "长子县": "Zhangzi County",
    "洪洞县": "Hongtong County",
    "繁峙县": "Fanshi County",
    "平遥县": "Pingyao County",
    "盂县": "Yuxian County",
    "段村镇": "Duancun Town",
    "太行东街街道": "Taihangdongjie Subdistrict",
}


def test_every_text_of_the_questionnaire_is_there_in_every_language(form: Form) -> None:
    assert form.languages == ("中文 (zh)", ENGLISH)
    assert list(gaps_in_form(form)) == []


def test_every_sentence_is_there_in_every_language_with_the_same_names_to_fill_in() -> None:
    assert languages_in() == ("zh", "en")
    assert list(gaps_in_texts()) == []


@pytest.mark.parametrize(("chinese", "english"), PLACES.items())
def test_places_are_called_by_their_usual_spelling(form: Form, chinese: str, english: str) -> None:
    texts = form.translations.texts
    named = {element.text: texts[ENGLISH][key].text for key, element in texts["中文 (zh)"].items()}
    assert named[chinese] == english


def test_the_english_form_is_in_latin_letters_but_for_what_is_typed_in_chinese(
    form: Form,
) -> None:
    session = Session(form, NOW, ENGLISH)
    for asked in form.questions:
        question = session.question(asked.path)
        said = [question.label, question.section, question.bot.get("why", "")]
        said += [choice.label for choice in question.choices]
        assert all(ord(char) < 0x2030 for text in said for char in text), asked.path
        assert not set(question.label) & {"${", "}"}


def test_a_question_says_why_and_what_it_is_called_in_the_language_of_the_session(
    form: Form,
) -> None:
    place = form.roles["county"]
    assert Session(form, NOW).question(place).bot["short"] == "户口在哪个县"
    english = Session(form, NOW, ENGLISH).question(place)
    assert (english.bot["short"], english.language) == ("Hukou: county", "en")
    assert english.bot["why"].startswith("The hukou decides")


GAPPY = """
| survey | | | | | | |
|---|---|---|---|---|---|---|
| | type | name | label::中文 (zh) | label::English (en) | hint::中文 (zh) | bind::bot:why |
| | text | pet | 宠物叫什么？ | What is your pet called? | 比如：小黑 | 随便问问 |
| settings | | | |
|---|---|---|---|
| | form_id | default_language | namespaces |
| | pets | 中文 (zh) | bot="https://xiangwen.example/bot" |
"""


def test_a_text_that_a_form_says_in_one_language_only_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pets.md"
    file.write_text(GAPPY, "utf-8")
    gaps = list(gaps_in_form(load_form(compile_form(file))))
    assert gaps == [
        "English (en): /data/pet:hint is missing",
        "English (en): pet has no bind::bot:why_en",
    ]


def test_a_sentence_that_a_catalogue_lacks_is_named_and_said_in_chinese(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CATALOGUES, tmp_path / "texts"))
    file = folder / "en.toml"
    text = file.read_text("utf-8")
    text = text.replace('resumed = "Welcome back, let us go on."\n', 'extra = "Extra"\n')
    file.write_text(text.replace('recorded = "Noted: {shown}"', 'recorded = "Noted"'), "utf-8")
    assert list(gaps_in_texts(folder)) == [
        "en: greeting.resumed is missing",
        "en: echo.recorded has other {names} than in zh",
        "en: greeting.extra is said nowhere",
    ]
    assert load_texts("en", folder)("greeting.resumed") == "欢迎回来，咱们接着填。"
