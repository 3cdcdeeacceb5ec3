"""The files of a county's month, of made-up people: a faulty roster, the platform's answer."""

import io
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final

import xlsxwriter

from bot.config import load_settings
from bot.opening import opened
from docs.pictures.township import reported
from tests.identities import Identity, id_number, identities
from tests.whole.program import Program

TITLES: Final = (
    "序号",
    "姓名",
    "公民身份号码",
    "联系电话",
    "乡（镇）",
    "行政村",
    "民族",
    "文化程度",
)
ANSWER: Final = ("行号", "姓名", "身份证号", "导入结果", "失败原因")
# Township, its name, its villages, how many people have reported there.
STATIONS: Final = (
    ("t0679", "解州镇", ("解州村", "西元村", "常平村"), 62),
    ("t0673", "龙居镇", ("长乐村", "尚义村"), 48),
    ("t0670", "安邑街道", ("新城社区", "文侯社区"), 40),
)
FIRST_CHAT: Final = 400_001
REPORTED: Final = sum(count for *_, count in STATIONS)
REASONS: Final = ("联系电话空号", "户口所在地与公安信息不一致")


def born(seed: int, count: int) -> Sequence[Identity]:
    """Return made-up people of working age."""
    oldest, youngest = date(1968, 1, 1), date(2004, 12, 31)
    return tuple(islice(identities(seed, oldest, youngest), count))


def those_who_reported() -> Sequence[Identity]:
    """Return everybody whose report `furnish` writes."""
    return born(11, REPORTED)


async def furnish(program: Program) -> None:
    """Let a month's reports have come in, verified by their stations."""
    now = datetime.now(UTC)
    settings = load_settings(program.environment | {"XIANGWEN_CONFIG": os.devnull})
    everybody = enumerate(those_who_reported())
    async with opened(settings) as parts, parts.database.transaction() as tx:
        for township, _, villages, count in STATIONS:
            for serial, one in islice(everybody, count):
                home = (township, villages[serial % len(villages)], FIRST_CHAT + serial)
                at = now - timedelta(days=serial % 24, hours=3)
                await reported(tx, parts.world, one, home, at)


def roster(count: int) -> bytes:
    """Return a roster of so many people as counties have them, with faulty rows of each kind."""
    lines = [_line(at, one) for at, one in enumerate(born(12, count))]
    reported_already = those_who_reported()
    lines += [
        _line(at, one, phone=f"1880000{at:04}") for at, one in enumerate(reported_already[:6])
    ]
    one = lines[20]
    young = id_number("140802", date(datetime.now(UTC).year - 12, 5, 6), 215)
    lines += [
        _changed(lines[3], 1, lines[3][1]),
        _changed(one, 2, f"{one[2][:15]}000"),
        _changed(lines[21], 2, lines[21][2][:17]),
        _changed(lines[22], 2, _broken(lines[22][2])),
        _changed(lines[23], 1, ""),
        _changed(lines[24], 4, "河边镇"),
        _changed(lines[25], 2, young),
    ]
    return book("花名册", TITLES, [(str(at), *line[1:]) for at, line in enumerate(lines, 1)])


def _line(at: int, one: Identity, **changes: str) -> tuple[str, ...]:
    _, township, villages, _ = STATIONS[at % len(STATIONS)]
    values = {
        "at": str(at),
        "name": one.name,
        "number": one.id_number,
        "phone": one.phone,
        "township": township,
        "village": villages[at % len(villages)],
        "ethnicity": "汉族",
        "education": ("初中", "高中", "小学")[at % 3],
    }
    return tuple({**values, **changes}.values())


def _changed(line: tuple[str, ...], at: int, value: str) -> tuple[str, ...]:
    return (*line[:at], value, *line[at + 1 :])


def _broken(number: str) -> str:
    """Return the number with another check digit."""
    return number[:17] + ("0" if number[17] != "0" else "1")


def answer(exported: Sequence[Sequence[str]], rejected: dict[int, str]) -> bytes:
    """Return the platform's answer to the exported rows (name, number); some it does not want."""
    lines = [
        (str(at), name, number, "失败" if at in rejected else "成功", rejected.get(at, ""))
        for at, (name, number) in enumerate(exported, 1)
    ]
    return book("导入结果", ANSWER, lines)


def book(sheet: str, titles: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    """Return an .xlsx of text cells."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as made:
        page = made.add_worksheet(sheet)
        for at, line in enumerate((titles, *lines)):
            page.write_row(at, 0, line)
    return written.getvalue()
