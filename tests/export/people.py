"""Made-up records by role, as the exporter takes them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from storage.export.columns import Columns, Wording
from storage.export.package import Frame, read_frame
from storage.export.run import Outcome, Target, filing
from storage.export.template import DEFAULT, load_template
from tests.identities import Identity, identities

TODAY = date(2026, 11, 23)
TITLES = [
    *("姓名", "身份证号", "性别", "民族", "手机号码", "户籍地址", "政治面貌", "文化程度"),
    *("劳动力情况", "有无培训意愿", "培训意向日期", "培训地点", "技能培训工种", "有无求职意愿"),
    *("求职行业", "期望薪资", "期望工作地点", "就业状态", "月平均收入", "稳定就业情况"),
    *("创业情况", "转移就业情况", "就业形式", "从事行业", "单位名称", "是否返乡创业"),
    *("务工地点", "转移就业时间", "未就业原因", "待核事项"),
]


def record(person: Identity, **changes: str) -> dict[str, str]:
    """Return the record of somebody who works in Beijing and wants to learn two trades."""
    values = {
        "name": person.name,
        "id_number": person.id_number,
        "gender": person.gender,
        "birth_date": person.birth_date.isoformat(),
        "ethnicity": "01",
        "phone_listed": person.phone,
        "hukou_address": "山西省太原市阳曲县黄寨镇东张村",
        "city": "c01",
        "county": "k007",
        "political_status": "13",
        "education": "71",
        "labour_capacity": "1",
        "training_intent": "1",
        "training_date": "2027-03",
        "training_place": "2",
        "training_trade": "01 99",
        "training_trade_other": "修手机",
        "job_intent": "1",
        "job_industry": "C",
        "expected_salary": "3",
        "expected_place": "5",
        "expected_province": "110000",
        "employment_status": "1",
        "monthly_income": "5200",
        "stable_employment": "1",
        "startup_status": "0",
        "transfer_region": "5",
        "employment_form": "1",
        "work_industry": "E",
        "employer": "电子厂",
        "work_place": "北京市朝阳区",
        "work_province": "110000",
        "transfer_date": "2024-05",
    }
    changed = {**values, **changes}
    return {role: value for role, value in changed.items() if value}


def records(count: int, seed: int = 1) -> list[dict[str, str]]:
    """Return so many different people of working age."""
    return list(islice(endless(seed), count))


def endless(seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield people of working age, one at a time."""
    return map(record, identities(seed, date(1970, 1, 1)))


def file_records(
    target: Target,
    values: Iterable[dict[str, str]],
    columns: Columns,
    frame: Frame,
    row_limit: int = 1_000_000,
) -> Outcome:
    """Export into a template."""
    with filing(columns, frame, target, today=TODAY, row_limit=row_limit) as clerk:
        for each in values:
            clerk.take(each)
    return clerk.outcome


async def write(
    target: Target, values: Iterable[dict[str, str]], wording: Wording = "labels"
) -> Outcome:
    """Export into our default template."""
    template = load_template()
    frame = read_frame(DEFAULT.with_name(template.file), template)
    return file_records(target, values, Columns(template, wording), frame)


def plain(folder: Path, name: str = "out.xlsx") -> Target:
    """Return a target without a password."""
    return Target(folder / name)


def names(folder: Path) -> list[str]:
    """Return the names of all files in a folder."""
    return sorted(path.name for path in folder.iterdir())
