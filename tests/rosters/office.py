"""A county office at the command line, with a roster of made-up people."""

import asyncio
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli.main import main
from storage import audits
from storage.audits import Entry
from storage.database import Database
from storage.vault import Vault
from tests.identities import Identity, identity
from tests.transcripts.stage import FORM

HEADER = (
    "姓名",
    "身份证号",
    "手机号码",
    "县（市、区）",
    "乡镇（街道）",
    "村（社区）",
    "民族",
    "备注",
)
PEOPLE = [identity(serial) for serial in range(601, 604)]


@dataclass(frozen=True)
class Office:
    """A county office: a folder with a database, keys and files."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/data/xiangwen.db"

    @property
    def codes(self) -> Path:
        return self.folder / "codes.csv"

    def run(self, *words: str) -> Result:
        environment = {
            "XIANGWEN_STORAGE__URL": self.url,
            "XIANGWEN_KEYS__FILE": str(self.folder / "keys" / "key"),
            "XIANGWEN_FORM__FILE": str(FORM),
            "XIANGWEN_CONFIG": None,
        }
        return CliRunner().invoke(main, list(words), env=environment)

    def write(self, *rows: Sequence[str], encoding: str = "utf-8-sig") -> str:
        path = self.folder / "roster.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
        return str(path)

    def add(self, file: str, *words: str) -> Result:
        return self.run("roster", "add", file, "--reason", "年度导入", *words)

    def read_codes(self) -> list[list[str]]:
        with self.codes.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    def audit(self) -> list[Entry]:
        async def read() -> list[Entry]:
            vault = Vault.open(self.folder / "keys" / "key")
            database = await Database.open(self.url, vault)
            try:
                async with database.reading() as reading:
                    return await audits.since(reading, datetime(2020, 1, 1, tzinfo=UTC))
            finally:
                await database.close()

        return asyncio.run(read())


def row(one: Identity, **changes: str) -> list[str]:
    """Return a row as a county writes it."""
    values = {
        "name": one.name,
        "id_number": one.id_number,
        "phone": one.phone,
        "county": "稷山县",
        "township": "西社镇",
        "village": "东张村",
        "ethnicity": "汉族",
        "remark": "",
    }
    return list({**values, **changes}.values())
