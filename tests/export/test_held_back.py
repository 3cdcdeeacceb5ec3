"""What keeps a record out of the file, and what is said about it."""

from datetime import date
from pathlib import Path

import pytest

from conversations.record_rules import RULES, findings
from storage.export.reasons import REASONS, WHO
from tests.export.people import TITLES, TODAY, names, plain, record, records, write
from tests.export.reading import by_openpyxl
from tests.identities import id_number, identity

PERSON = identity(1, date(1985, 4, 9))
AWAY = {"work_province": "", "transfer_region": "2"}
UNEMPLOYED = dict.fromkeys(
    (
        "stable_employment",
        "transfer_region",
        "employment_form",
        "work_industry",
        "work_place",
        "work_province",
        "transfer_date",
        "monthly_income",
    ),
    "",
) | {"employment_status": "3", "unemployed_reason": "2"}

BROKEN = {
    "no ethnicity": ({"ethnicity": ""}, "missing"),
    "wants training, no trade": ({"training_trade": ""}, "missing"),
    "seeks work, no salary": ({"expected_salary": ""}, "missing"),
    "works, no income": ({"monthly_income": ""}, "missing"),
    "check digit": ({"id_number": "11010519491231002Y"}, "id_number_wrong"),
    "fifteen digits": ({"id_number": "110105491231002"}, "id_number_wrong"),
    "no such day": (
        {"id_number": id_number("140122", date(1985, 2, 28), 1)[:12] + "30001X"},
        "id_number_wrong",
    ),
    "other gender": ({"gender": "2" if PERSON.gender == "1" else "1"}, "gender_differs"),
    "other birth date": ({"birth_date": "1985-04-10"}, "birth_date_differs"),
    "short phone": ({"phone_listed": "1391234567"}, "phone_wrong"),
    "cannot work": (UNEMPLOYED | {"labour_capacity": "5"}, "cannot_work"),
    "cannot work and works": ({"labour_capacity": "4"}, "works_without_capacity"),
    "income and no work": (UNEMPLOYED | {"monthly_income": "10"}, "income_without_work"),
    "income too high": ({"monthly_income": "200001"}, "income_wrong"),
    "income in words": ({"monthly_income": "三千"}, "income_wrong"),
    "month 13": ({"training_date": "2027-13"}, "month_wrong"),
    "moved next year": ({"transfer_date": "2027-01"}, "moved_in_future"),
    "business without one": ({"employment_form": "2"}, "startup_differs"),
    "other province, in Shanxi": ({"work_place": "山西省大同市"}, "work_place_differs"),
    "in the county, in Beijing": ({"transfer_region": "2"}, "work_place_differs"),
    "own county, another one": (
        AWAY | {"work_place": "山西省太原市古交市", "work_county": "k010"},
        "work_place_differs",
    ),
    "other city, the own": (
        AWAY | {"transfer_region": "4", "work_place": "山西省太原市", "work_city": "c01"},
        "work_place_differs",
    ),
    "another county, no place": (
        AWAY | {"transfer_region": "3", "work_place": ""},
        "work_place_missing",
    ),
    "no job wanted, but where": ({"job_intent": "0"}, "wish_differs"),
    "no training wanted, but which": ({"training_intent": "0"}, "wish_differs"),
    "code of no list": ({"education": "99"}, "not_in_list"),
    "name too long": ({"name": "王" * 51}, "too_long"),
}


@pytest.mark.parametrize(("changes", "reason"), BROKEN.values(), ids=list(BROKEN))
async def test_a_broken_record_is_held_back_with_its_reason(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    outcome = await write(plain(tmp_path), [record(PERSON, **changes)])
    assert (outcome.exported, outcome.held_back) == (0, 1)
    assert reason in outcome.reasons
    row = by_openpyxl((tmp_path / "out.held-back.xlsx").read_bytes())[0]
    assert str(row[0]).split("{")[0]
    assert REASONS[reason].rpartition("}")[2] in str(row[0])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        UNEMPLOYED,
        UNEMPLOYED | {"employment_status": "2", "monthly_income": "800"},
        {"job_intent": "0", "job_industry": "", "expected_salary": "", "expected_place": ""},
        {"training_intent": "0", "training_date": "", "training_place": "", "training_trade": ""},
        AWAY | {"work_place": "山西省太原市阳曲县", "work_county": "k007"},
        AWAY | {"transfer_region": "1", "work_place": ""},
        AWAY | {"transfer_region": "6", "work_place": "新加坡"},
        {"employment_form": "3", "startup_status": "2"},
        {"employer": "", "transfer_date": ""},
    ],
)
def test_a_record_in_order_passes(changes: dict[str, str]) -> None:
    assert list(findings(record(PERSON, **changes), TODAY)) == []


@pytest.mark.parametrize(
    ("born", "held"), [(date(2010, 11, 23), False), (date(2010, 11, 24), True)]
)
def test_sixteen_is_reached_on_the_birthday(born: date, held: bool) -> None:
    found = [finding.key for finding in findings(record(identity(3, born)), TODAY)]
    assert ("too_young" in found) is held


async def test_people_of_sixty_are_exported_and_marked(tmp_path: Path) -> None:
    old, young = identity(4, date(1966, 11, 23)), identity(5, date(1966, 11, 24))
    outcome = await write(plain(tmp_path), [record(old), record(young)])
    rows = by_openpyxl((tmp_path / "out.xlsx").read_bytes())
    assert (outcome.exported, outcome.flagged) == (2, 1)
    assert [row[-1] for row in rows] == ["超龄，待核", None]


async def test_a_repeated_identity_number_is_held_back_and_says_where_the_first_is(
    tmp_path: Path,
) -> None:
    first, second, third = records(3)
    outcome = await write(plain(tmp_path), [first, second, {**third, **_same_as(second)}])
    assert (outcome.exported, outcome.held_back) == (2, 1)
    row = by_openpyxl((tmp_path / "out.held-back.xlsx").read_bytes())[0]
    assert "与本表第5行重复" in str(row[0])


def _same_as(other: dict[str, str]) -> dict[str, str]:
    return {role: other[role] for role in ("id_number", "gender", "birth_date")}


async def test_held_back_rows_keep_all_columns_behind_the_reason(tmp_path: Path) -> None:
    await write(plain(tmp_path), [record(PERSON, ethnicity="", education="", name="王=1")])
    content = (tmp_path / "out.held-back.xlsx").read_bytes()
    assert by_openpyxl(content, first_row=3)[0] == ["退回原因", *TITLES]
    row = by_openpyxl(content)[0]
    assert row[0] == "缺少：民族、文化程度。请乡镇就业服务站联系本人补填。"
    assert row[1:3] == ["王=1", PERSON.id_number]


async def test_an_export_without_faults_leaves_no_second_file(tmp_path: Path) -> None:
    await write(plain(tmp_path), [record(PERSON)])
    assert names(tmp_path) == ["out.xlsx"]


def test_every_reason_has_its_words() -> None:
    others = {"missing", "not_in_list", "too_long", "id_number_repeated"}
    others |= {"number_of_other", "returned", "rejected"}
    assert {rule.key for rule in RULES} | others == set(REASONS) == set(WHO)
