"""One row: each fault is named with its cure, each odd value noted, a good row understood."""

from collections import Counter
from datetime import date

import pytest

from bot.places import load_places
from bot.rosters.rules import gazetteer_of, load_words
from bot.texts import load_texts
from conversations.replies.address import NOWHERE, Located
from conversations.roster.checks import Checked, Checker
from conversations.roster.choices import choices_of
from conversations.roster.comparing import differing, merged
from conversations.roster.mapping import ColumnMapping
from conversations.roster.numbers import ripe_from, ripe_on
from conversations.xform.question import Choice
from tests.identities import id_number, identity
from tests.rosters.keys import FAULTS, NOTES

TODAY = date(2026, 11, 27)
PLACES = load_places()
WHO = identity(5)
NUMBER = id_number("140824", date(1985, 3, 2), 11)
ROLES = (
    *("name", "id_number", "phone", "county", "township", "village", "ethnicity"),
    *("gender", "birth_date", "address"),
)
CHOICES = choices_of({"ethnicity": [Choice("01", "汉族"), Choice("03", "回族")]}, load_words())


def located(text: str) -> Located:
    return Located("c08", "k065", "t0727", "东庄村") if "西社" in text else NOWHERE


def checker(scope: str = "k065", **fixed: str) -> Checker:
    columns = {role: at for at, role in enumerate(ROLES) if role not in fixed}
    mapping = ColumnMapping(columns=columns, fixed=fixed)
    return Checker(mapping, gazetteer_of(PLACES, scope), CHOICES, TODAY, located)


def check(numbers: tuple[int, ...] = (), scope: str = "k065", **changes: str) -> Checked:
    values = {"name": "王小春", "id_number": NUMBER, "township": "西社镇", **changes}
    return checker(scope).check(7, [values.get(role, "") for role in ROLES], numbers)


def test_a_good_row_is_taken_with_its_places() -> None:
    found = check(phone="'199 0000 0001", ethnicity="汉", village="东庄", gender="男")
    assert not found.faults
    assert found.values["city"] == "c08"
    assert found.values["county"] == "k065"
    assert found.values["township"] == "t0727"
    assert found.values["phone"] == "19900000001"
    assert found.values["ethnicity"] == "01"


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("", "empty"),
        ("140824198503020000", "id_cut"),
        ("1.40824E+17", "id_cut"),
        ("1.40824198503E+17", "id_cut"),
        ("1985-03-02 00:00:00", "id_is_date"),
        ("1985/3/2", "id_is_date"),
        ("#N/A", "cell_error"),
        ("################", "cell_error"),
        ("140824850302001", "id_15_digits"),
        ("14082419850302", "id_length"),
        ("没有", "id_no_digits"),
        ("1408241985030200A7", "id_letters"),
        ("040824198503020017", "id_region"),
        ("140824198502310017", "id_date"),
        ("140824202703020017", "id_future"),
        ("140824190003020017", "id_too_old"),
        (NUMBER[:17] + ("0" if NUMBER[17] != "0" else "1"), "id_check_digit"),
    ],
)
def test_a_bad_number_is_named(cell: str, key: str) -> None:
    found = check(id_number=cell)
    assert [fault.key for fault in found.faults] == [key]
    assert found.values == {}


def test_a_number_that_excel_cut_is_found_even_with_a_fitting_check_digit() -> None:
    lucky = next(
        number
        for day in range(1, 29)
        for area in ("140824", "140822", "140821")
        if (number := id_number(area, date(1985, 3, day), 0)).endswith("0000")
        or number.endswith("000")
    )
    assert not check(id_number=lucky).faults
    assert [fault.key for fault in check((1,), id_number=lucky).faults] == ["id_cut"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": ""}, "empty"),
        ({"name": "王"}, "name_short"),
        ({"name": "王小春2"}, "name_digits"),
        ({"name": "Wang"}, "name_not_han"),
        ({"name": "王" * 60}, "name_long"),
        ({"name": "#REF!"}, "cell_error"),
        ({"phone": "0359-5522334"}, "phone_landline"),
        ({"phone": "1990000000"}, "phone_short"),
        ({"phone": "1.99E+10"}, "phone_cut"),
        ({"township": ""}, "empty"),
        ({"township": "西设镇"}, "township_unknown"),
        ({"township": "啊啊啊啊"}, "township_none"),
        ({"township": "西社镇", "county": "万荣县"}, "township_county"),
        ({"township": "解店镇"}, "wrong_scope"),
        ({"township": "", "address": "看不懂的地方"}, "address_unclear"),
    ],
)
def test_a_bad_cell_is_named(changes: dict[str, str], key: str) -> None:
    assert [fault.key for fault in check((), "k065", **changes).faults] == [key]


def test_a_name_of_several_townships_needs_the_county() -> None:
    names = Counter(one.name for one in PLACES.by_id.values() if one.level == "township")
    several = check(scope="province", township=names.most_common(1)[0][0])
    assert [fault.key for fault in several.faults] == ["township_several"]
    assert "、" in several.faults[0].params["near"]


@pytest.mark.parametrize(
    "said", ["西社镇", "西社", "运城市稷山县西社镇", "140824103", "140824103000", "t0727"]
)
def test_a_township_is_known_by_every_name(said: str) -> None:
    township = PLACES.by_id["t0727"]
    shown = said.replace("140824103", township.code)
    assert check(township=shown).values["township"] == "t0727"


def test_every_fault_of_a_row_is_told_at_once() -> None:
    found = check(name="", id_number="12", phone="5", township="")
    assert [fault.role for fault in found.faults] == ["id_number", "name", "phone", "township"]


def test_the_second_row_of_a_number_says_where_the_first_is() -> None:
    one = checker()
    cells = ["王小春", NUMBER, "", "", "西社镇"]
    assert not one.check(2, cells).faults
    (fault,) = one.check(9, cells).faults
    assert (fault.key, fault.params) == ("doubled", {"line": "2"})


def test_a_phone_that_says_nothing_is_none() -> None:
    for said in ("无", "没有", "/", "0", "-"):
        assert "phone" not in check(phone=said).values


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"village": "没有的村子"}, "village_unknown"),
        ({"village": "123"}, "village_unclear"),
        ({"ethnicity": "火星人"}, "choice_unknown"),
        ({"gender": "女"}, "gender_differs"),
        ({"birth_date": "1985-03-03"}, "birth_date_differs"),
    ],
)
def test_what_is_odd_is_noted_and_the_row_taken(changes: dict[str, str], key: str) -> None:
    found = check((), "k065", **changes)
    assert not found.faults
    assert [note.key for note in found.notes] == [key]


def test_a_birth_date_is_compared_however_it_is_written() -> None:
    for said in ("1985-03-02", "1985-03-02 00:00:00", "19850302", "1985年3月2日", "1985.3.2", ""):
        assert not check(birth_date=said).notes


def test_a_whole_address_says_the_township_where_no_column_does() -> None:
    found = check(township="", address="稷山县西社镇东庄村3组")
    assert found.values["township"] == "t0727"
    assert found.values["village"] == "东庄村"


def test_a_station_needs_no_column_of_townships() -> None:
    one = checker("t0727", township="t0727", village="东庄村")
    cells = ["王小春", NUMBER]
    assert one.check(2, cells).values["township"] == "t0727"
    assert one.seen == {NUMBER: 2}


def test_who_is_not_yet_16_waits_until_the_month_after() -> None:
    young = id_number("140824", date(2010, 12, 5), 12)
    assert ripe_from(young, TODAY) == ripe_on(date(2010, 12, 5)) == date(2027, 1, 1)
    assert ripe_from(NUMBER, TODAY) is None


def test_what_a_file_leaves_out_is_no_difference() -> None:
    known = {"name": "王小春", "phone": "19900000001", "township": "t0727", "village": "东庄村"}
    assert differing(known, {"name": "王小春"}) == ()
    given = {"name": "王小春", "phone": "19900000002", "township": "t0726", "county": "k065"}
    assert differing(known, given) == ("phone", "township")
    assert merged(known, given) == {
        **{"name": "王小春", "phone": "19900000002"},
        **{"township": "t0726", "county": "k065"},
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_has_its_sentence_and_its_cure(language: str) -> None:
    sentences = load_texts(language).all[language].sentences
    assert {f"roster.fault.{key}" for key in FAULTS} <= sentences.keys()
    assert {f"roster.cure.{key}" for key in FAULTS} <= sentences.keys()
    assert {f"roster.note.{key}" for key in NOTES} <= sentences.keys()
    if language == "en":
        assert all(sentences[f"roster.fault.{key}"].isascii() for key in FAULTS)
