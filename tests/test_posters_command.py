"""`xiangwen posters` as an operator types it: what lies in the folder afterwards."""

import asyncio
import csv
import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from storage import audits
from storage.audits import Entry
from storage.database import Database
from storage.vault import Vault
from tests.fakes.bot_api import TOKEN, BotApi
from tests.identities import Identity, identity
from tests.posters.paper import Paper
from tests.transcripts.stage import FORM, Stage
from tests.turns.chat import Chat, text_of

Run = Callable[..., Result]
STATION = "140824101"
PAGE = "https://xiangwen.example.gov.cn/"
PEOPLE = [identity(serial) for serial in range(701, 710)]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    settings = {
        "XIANGWEN_STORAGE__URL": url(tmp_path),
        "XIANGWEN_KEYS__FILE": str(tmp_path / "keys" / "key"),
        "XIANGWEN_FORM__FILE": str(FORM),
        "XIANGWEN_CONFIG": None,
    }

    def posters(*words: str, out: str = "paper", **more: str) -> Result:
        own = {f"XIANGWEN_{name}": value for name, value in more.items()}
        command = ["posters", *words, "--out", str(tmp_path / out)]
        return CliRunner().invoke(main, command, env=settings | own)

    return posters


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/data/xiangwen.db"


def on_roster(folder: Path, *people: Identity) -> None:
    file = folder / "roster.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["姓名", "身份证号", "县（市、区）", "乡镇（街道）", "村（社区）"])
        rows.writerows([one.name, one.id_number, "稷山县", "西社镇", "高渠村"] for one in people)
    settings = {
        "XIANGWEN_STORAGE__URL": url(folder),
        "XIANGWEN_KEYS__FILE": str(folder / "keys" / "key"),
        "XIANGWEN_FORM__FILE": str(FORM),
    }
    done = CliRunner().invoke(main, ["roster", "add", str(file), "--reason", "底册"], env=settings)
    assert done.exit_code == 0, done.output


def audit(folder: Path) -> list[Entry]:
    async def read() -> list[Entry]:
        database = await Database.open(url(folder), Vault.open(folder / "keys" / "key"))
        try:
            async with database.reading() as reading:
                return await audits.since(reading, datetime(2020, 1, 1, tzinfo=UTC))
        finally:
            await database.close()

    return asyncio.run(read())


def test_a_station_gets_its_poster_which_everybody_may_read(run: Run, tmp_path: Path) -> None:
    done = run("station", "--station", STATION, "--bot", "@xw_bot", WEB__PUBLIC_URL=PAGE)
    assert done.exit_code == 0, done.output
    file = tmp_path / "paper" / f"station-{STATION}.pdf"
    assert done.output == f"{file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert f"{PAGE}s/{STATION}" in Paper(file).codes()
    assert f"https://t.me/xw_bot?start={STATION}" in Paper(file).codes()


def test_a_county_gets_a_file_for_each_station_or_one_for_all(run: Run, tmp_path: Path) -> None:
    assert run("station", "--county", "140824", "--bot", "xw_bot").exit_code == 0
    assert run("station", "--county", "140824", "--joined", "--bot", "xw_bot").exit_code == 0
    single = sorted((tmp_path / "paper").glob("station-*.pdf"))
    joined = Paper(tmp_path / "paper" / "stations-140824.pdf")
    assert len(joined) == len(single) > 5
    scanned = {code for page in range(len(joined)) for code in joined.codes(page)}
    assert scanned == {code for file in single for code in Paper(file).codes()}
    assert len(scanned) == len(single)


def test_each_village_of_a_station_gets_a_page_and_its_cards(run: Run, tmp_path: Path) -> None:
    assert run("villages", "--station", STATION, "--bot", "xw_bot").exit_code == 0
    assert run("cards", "--station", STATION, "--bot", "xw_bot").exit_code == 0
    paper = Paper(tmp_path / "paper" / f"villages-{STATION}.pdf")
    cards = Paper(tmp_path / "paper" / f"cards-{STATION}.pdf")
    assert len(cards) == len(paper) + 1
    codes = [paper.codes(page) for page in range(len(paper))]
    assert [set(cards.codes(page)) for page in range(1, len(cards))] == list(map(set, codes))
    one = run("villages", "--station", STATION, "--village", "140824101201", "--bot", "xw_bot")
    assert one.exit_code == 0
    assert "高渠村" in Paper(tmp_path / "paper" / "villages-140824101201.pdf").words()


async def test_the_name_of_the_bot_is_asked_of_telegram(run: Run, tmp_path: Path) -> None:
    words = ("station", "--station", STATION)
    async with BotApi() as api:
        known = {"TELEGRAM__TOKEN": TOKEN, "TELEGRAM__BASE_URL": api.base_url}
        done = await asyncio.to_thread(run, *words, **known)
    assert done.exit_code == 0, done.output
    (code,) = Paper(tmp_path / "paper" / f"station-{STATION}.pdf").codes()
    assert code == f"https://t.me/xiangwen_test_bot?start={STATION}"
    away = await asyncio.to_thread(run, *words, "--force", **known)
    assert away.exit_code == 2
    assert "give it: --bot NAME" in away.output
    assert TOKEN not in away.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("station", "--station", STATION), "neither a bot nor a page"),
        (("station", "--station", STATION, "--bot", "t.me/xw_bot"), "stands behind t.me/"),
        (("station", "--station", "999999999", "--bot", "xw_bot"), "no township"),
        (("station", "--county", "999999", "--bot", "xw_bot"), "no county"),
        (("station", "--bot", "xw_bot"), "Give --station or --county"),
        (("villages", "--station", "140105008", "--bot", "xw_bot"), "no villages are known"),
        (("cards", "--station", STATION, "--village", "1", "--bot", "xw_bot"), "no village"),
        (("codes", "--station", STATION, "--bot", "xw_bot"), "--reason"),
        (("codes", "--station", STATION, "--reason", " ", "--bot", "xw_bot"), "--reason"),
    ],
)
def test_what_cannot_be_printed_is_said_and_leaves_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.output
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_poster_replaces_another_only_when_told(run: Run) -> None:
    words = ("station", "--station", STATION, "--bot", "xw_bot")
    assert run(*words).exit_code == 0
    assert "the file exists" in run(*words).output
    assert run(*words, "--force").exit_code == 0


async def test_a_slip_opens_the_first_interview_of_its_person(run: Run, tmp_path: Path) -> None:
    await asyncio.to_thread(on_roster, tmp_path, PEOPLE[0])
    words = ("codes", "--station", STATION, "--reason", "入户", "--bot", "xw_bot")
    done = await asyncio.to_thread(run, *words, WEB__PUBLIC_URL=PAGE)
    assert done.exit_code == 0, done.output
    (link,) = Paper(tmp_path / "paper" / f"codes-{STATION}.pdf").codes()
    stage = Stage(tmp_path, url(tmp_path))
    await stage.open()
    told = await Chat(stage).command("start", link.partition("start=")[2])
    await stage.close()
    assert "姓名、身份证号已经有了" in text_of(told)


def test_slips_are_their_owners_alone_and_name_no_more_than_is_needed(
    run: Run, tmp_path: Path
) -> None:
    on_roster(tmp_path, *PEOPLE)
    done = run("codes", "--station", STATION, "--reason", "入户", "--bot", "xw_bot")
    assert done.exit_code == 0, done.output
    assert f"{len(PEOPLE)} slips" in done.output
    file = tmp_path / "paper" / f"codes-{STATION}.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    paper = Paper(file)
    words = "".join(paper.words(page) for page in range(len(paper)))
    codes = [code for page in range(len(paper)) for code in paper.codes(page)]
    assert len(paper) == 2
    assert len(set(codes)) == len(PEOPLE)
    for one in PEOPLE:
        assert f"高渠村 {one.name[0]}某" in words
        assert f"身份证号末两位：{one.id_number[-2:]}" in words
        assert one.name not in words
        assert one.id_number[:14] not in words
    for code in codes:
        bare = code.partition("p_")[2]
        assert f"{bare[:5]}-{bare[5:]}" in words
        assert bare not in done.output


def test_slips_are_noted_with_their_reason_and_made_once(run: Run, tmp_path: Path) -> None:
    on_roster(tmp_path, PEOPLE[0])
    words = ("codes", "--station", STATION, "--reason", "入户", "--bot", "xw_bot")
    assert "1 slips" in run(*words).output
    again = run(*words, "--force")
    assert "0 slips. 1 people had a code before" in again.output
    (first,) = Paper(tmp_path / "paper" / f"codes-{STATION}.pdf").codes()
    assert "1 slips" in run(*words, "--renew", out="new").output
    (second,) = Paper(tmp_path / "new" / f"codes-{STATION}.pdf").codes()
    assert first != second
    noted = [entry for entry in audit(tmp_path) if entry.action == "roster_codes"]
    assert [json.loads(entry.detail)["renewed"] for entry in noted] == [False, False, True]
    assert {json.loads(entry.detail)["reason"] for entry in noted} == {"入户"}
    assert {entry.scope for entry in noted} == {"township:t0727"}
    assert second.partition("p_")[2] not in repr(noted)
