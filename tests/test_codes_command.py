"""Personal codes from `xiangwen roster add --codes` and `xiangwen people code`."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.forms.people import PROXY
from tests.rosters.office import HEADER, PEOPLE, Office, row
from tests.transcripts.stage import Stage
from tests.turns.chat import Chat, text_of


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_codes_are_renewed_on_wish_and_never_overwritten_by_accident(office: Office) -> None:
    file = office.write(HEADER, *map(row, PEOPLE))
    office.add(file)
    office.add(file, "--codes", str(office.codes))
    first = office.read_codes()
    refused = office.add(file, "--codes", str(office.codes), "--renew")
    assert refused.exit_code == 2
    assert office.read_codes() == first
    office.add(file, "--codes", str(office.codes), "--renew", "--force")
    assert {line[3] for line in office.read_codes()[1:]}.isdisjoint(line[3] for line in first[1:])
    assert office.add(file, "--renew").exit_code == 2


def test_a_code_needs_a_receipt_that_exists(office: Office) -> None:
    done = office.run("people", "code", "--reference", "22222-33333", "--reason", "本人来站")
    assert done.exit_code == 2
    assert "no receipt has this number" in done.output


async def test_a_code_from_a_receipt_hands_the_record_over(office: Office) -> None:
    stage = Stage(office.folder, office.url)
    await stage.open()
    receipt = text_of(await Chat(stage, "1").report(PROXY))
    reference = receipt.partition("回执号：")[2][:11]
    words = ("people", "code", "--reference", reference.lower(), "--reason", "本人来站")
    done = await asyncio.to_thread(office.run, *words)
    assert done.exit_code == 0, done.output
    code = done.output.partition("only now: ")[2][:11]
    told = await Chat(stage, "2").command("start", f"p_{code.replace('-', '')}")
    assert f"{PROXY['name']}，您的信息以后由您自己填" in text_of(told)
    await stage.close()
    entry = (await asyncio.to_thread(office.audit))[-1]
    assert (entry.action, json.loads(entry.detail)["reason"]) == (
        "people_code",
        "本人来站",
    )
    assert code.replace("-", "") not in repr(entry)
