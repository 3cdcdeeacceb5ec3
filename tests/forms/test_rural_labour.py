"""The questionnaire as data: it compiles, it is complete, and its texts fit people and buttons."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
import pyxform

from conversations.xform import Form, Session
from tests.conftest import Jdk
from tests.forms.conftest import NOW


def words(text: str) -> list[str]:
    return text.split()


# The 22 items of the notice, section 三, in its order: 身份, 培训, 求职, 就业.
NAMED_IN_THE_NOTICE = words("""
    姓名 身份证号 性别 民族 手机号码 户籍地址 政治面貌 文化程度 劳动力情况
    有无培训意愿 培训意向日期 培训地点 技能培训工种 有无求职意愿 求职行业
    期望薪资 期望工作地点 就业状态 月平均收入 稳定就业情况 创业情况
    转移就业情况
""")
SUPPORTING = words("""
    就业形式 从事行业 单位名称 是否返乡创业 务工地点 转移就业时间 未就业原因
""")
FIELDS = words("""
    name id_number gender ethnicity phone hukou_address political_status education
    labour_capacity employment_status employment_form work_industry employer
    monthly_income stable_employment startup_status returnee_startup transfer_region
    work_place transfer_date unemployed_reason job_intent job_industry expected_salary
    expected_place training_intent training_date training_place training_trade
    collection_method informant_relation informant_phone collector year confirmed_at
    consent_version exit_reason remark
""")
SEALED = words("""
    name id_number phone contact_phone informant_phone phone_listed hukou_address
    village address_detail birth_date employer remark ethnicity political_status
    labour_capacity work_place work_place_detail work_country training_trade_other
""")
AGAIN_EVERY_YEAR = words("""
    phone employment_status monthly_income transfer_region job_intent job_industry
    training_intent training_trade unemployed_reason
""")
READERS = {"", "id_number", "phone", "money", "month", "past_month", "name", "village", "address"}
WIDEST = {"中文 (zh)": 16, "English (en)": 40}
VALIDATOR = Path(pyxform.__file__).parent / "validators/odk_validate/bin/ODK_Validate.jar"


@pytest.fixture
def session(form: Form) -> Session:
    return Session(form, NOW)


def test_odk_validate_finds_no_fault(xform: str, java: Jdk, tmp_path: Path) -> None:
    compiled = tmp_path / "rural_labour.xml"
    compiled.write_text(xform, "utf-8")
    command = [str(java.java), "-Djava.awt.headless=true", "-jar", str(VALIDATOR), str(compiled)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "valid" in done.stdout


def test_it_is_named_and_dated(form: Form) -> None:
    assert (form.id, form.version) == ("rural_labour", "2026.1")
    assert form.default_language == "中文 (zh)"


def test_the_consent_names_the_version_of_the_notice(session: Session) -> None:
    assert session.get(session.form.roles["consent_version"]) == session.form.version


def test_every_item_of_the_notice_has_one_official_column(form: Form) -> None:
    titles = [hints["official"] for hints in form.hints.values() if "official" in hints]
    assert sorted(titles) == sorted(NAMED_IN_THE_NOTICE + SUPPORTING)


def test_every_field_has_a_role_and_no_role_is_given_twice(form: Form) -> None:
    roles = Counter(hints["role"] for hints in form.hints.values() if "role" in hints)
    assert set(FIELDS) <= set(roles)
    assert set(roles.values()) == {1}


def test_a_role_is_the_name_of_its_place(form: Form) -> None:
    for role, path in form.roles.items():
        assert path.endswith(f"/{role}[1]")


def test_every_question_says_what_and_why_in_few_words(session: Session) -> None:
    for asked in session.form.questions:
        question = session.question(asked.path)
        assert question.bot.get("role"), asked.path
        assert 0 < len(question.label) <= 60, asked.path
        assert len(question.hint) <= 60, asked.path
        assert question.section, asked.path
        if question.type != "note":
            assert 8 <= len(question.bot["why"]) <= 80, asked.path


def test_typed_questions_give_an_example_or_a_way_out(session: Session) -> None:
    for asked in session.form.questions:
        question = session.question(asked.path)
        assert question.bot.get("reader", "") in READERS
        if question.type in ("text", "integer"):
            assert re.search("比如|跳过|打字", question.hint), asked.path


def test_choices_fit_buttons(xform: str) -> None:
    root = ElementTree.fromstring(xform)
    tag = "{http://www.w3.org/2002/xforms}"
    names = [item.findtext(tag + "name") for item in root.iter(tag + "item")]
    assert len(names) > 1_600
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,32}", name or "") for name in names)
    used = ("exit_reason-", "collection_method-")
    for translation in root.iter(tag + "translation"):
        widest = WIDEST[translation.attrib["lang"]]
        texts = [text for text in translation if re.search(r"-\d+$", text.attrib["id"])]
        assert len(texts) == len(names)
        for text in texts:
            if not text.attrib["id"].startswith(used):
                assert 0 < len(text.findtext(tag + "value") or "") <= widest, text.attrib["id"]


@pytest.mark.parametrize("role", SEALED)
def test_what_tells_who_somebody_is_is_sealed(form: Form, role: str) -> None:
    assert form.hints[form.roles[role]]["pii"] == "yes"


def test_all_that_people_type_is_sealed_but_months_and_money(session: Session) -> None:
    clear = {"month", "past_month", "money"}
    for asked in session.form.questions:
        if asked.type in ("text", "integer") and asked.bot.get("reader") not in clear:
            assert asked.bot.get("pii") == "yes", asked.path


def test_the_message_with_the_identity_number_is_deleted(form: Form) -> None:
    erased = [hints["role"] for hints in form.hints.values() if hints.get("erase") == "yes"]
    assert erased == ["id_number"]
    assert form.hints[form.roles["id_number"]]["mask"] == "id"


@pytest.mark.parametrize("role", AGAIN_EVERY_YEAR)
def test_what_changes_is_asked_every_year(form: Form, role: str) -> None:
    assert form.hints[form.roles[role]]["yearly"] == "yes"


def test_who_somebody_is_is_asked_once(form: Form) -> None:
    yearly = {hints["role"] for hints in form.hints.values() if hints.get("yearly") == "yes"}
    assert not yearly & {"name", "id_number", "ethnicity", "county", "village", "consent"}
