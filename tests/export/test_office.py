"""The file in LibreOffice, which reads it as Excel does; and how much memory a large one takes."""

import csv
import subprocess
import sys
from pathlib import Path

from tests.export.people import plain, record, records, write
from tests.export.reading import by_openpyxl
from tests.identities import identity

CHILD = """
import asyncio, sys
from itertools import islice
from pathlib import Path
from storage.export.run import Target
from tests.export.people import endless, write

target = Target(Path(sys.argv[1]), "secret")
asyncio.run(write(target, islice(endless(), int(sys.argv[2]))))
# Not ru_maxrss: a child begins with the peak of the process that started it.
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def as_csv(soffice: Path, folder: Path, name: str, sheet: int = 1) -> list[list[str]]:
    """Let LibreOffice open a workbook and save its first sheet as text."""
    done = subprocess.run(
        [
            str(soffice),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}",
            "--outdir",
            str(folder),
            str(folder / name),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=110,
    )
    found = sorted(folder.glob(f"{Path(name).stem}*.csv"))
    assert found, done.stderr
    text = found[0]
    with text.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


async def test_libreoffice_reads_the_same_cells(tmp_path: Path, soffice: Path) -> None:
    rare = record(
        identity(9), name="阿依古丽·买买提", hukou_address="山西省介休市宋𦙶乡", employer="=1+1"
    )
    await write(plain(tmp_path), [*records(20), rare])
    ours = by_openpyxl((tmp_path / "out.xlsx").read_bytes())
    read = as_csv(soffice, tmp_path, "out.xlsx")[3:]
    assert read == [["" if cell is None else str(cell) for cell in row] for row in ours]


def test_memory_does_not_grow_with_the_county(tmp_path: Path) -> None:
    few, many = (peak_memory(tmp_path, count) for count in (2_000, 20_000))
    assert many - few < 24 << 10
    assert many < 200 << 10


def peak_memory(folder: Path, count: int) -> int:
    """Return the peak of a process that exports so many records, in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder / f"{count}.xlsx"), str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)
