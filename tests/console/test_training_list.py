"""The list for organisers on the console: masked, and whole only for a reason."""

import io
import re

import msoffcrypto

from tests.console.conftest import SignedIn
from tests.console.house import House
from tests.statistics.test_organising import PHONE, report

PATH = "/console/statistics/training"


async def test_the_list_is_masked_and_the_file_opens_with_the_password_shown_once(
    house: House, signed_in: SignedIn
) -> None:
    for serial, trade in ((1, "01"), (2, "01 09"), (3, "09")):
        await report(house.stage.database, house.stage.world, serial, trade)
    visitor = await signed_in("station")
    page = await visitor.get(f"{PATH}?trade=01")
    assert "想培训的有 2 人" in page.text
    assert "王某" in page.text
    assert PHONE not in page.text
    assert "高渠村" not in page.text
    refused = await visitor.post(f"{PATH}/whole", {"trade": "01", "reason": " "})
    assert "请写明做什么用" in refused.text
    shown = await visitor.post(f"{PATH}/whole", {"trade": "01", "reason": "组织电工班"})
    password = re.search(r'class="secret">([^<]+)<', shown.text)
    sealed = re.search(r'name="order" value="([0-9a-f]+)"', shown.text)
    assert password
    assert sealed
    assert "组织电工班" not in shown.text
    file = await visitor.post(f"{PATH}/file", {"order": sealed[1]})
    protected = msoffcrypto.OfficeFile(io.BytesIO(file.content))
    protected.load_key(password=password[1])
    plain = io.BytesIO()
    protected.decrypt(plain)
    assert plain.getvalue().startswith(b"PK")
    actions = [line.action for line in await house.audit()]
    assert actions.count("training.list") == 3


async def test_an_order_that_lay_too_long_is_asked_for_anew(
    house: House, signed_in: SignedIn
) -> None:
    await report(house.stage.database, house.stage.world, 1, "01")
    visitor = await signed_in("county")
    await visitor.get(PATH)
    shown = await visitor.post(f"{PATH}/whole", {"reason": "组织电工班"})
    sealed = re.search(r'name="order" value="([0-9a-f]+)"', shown.text)
    assert sealed
    house.wait(minutes=16)
    assert "等得太久" in await visitor.done(f"{PATH}/file", {"order": sealed[1]})


async def test_a_city_has_no_list_of_people(house: House, signed_in: SignedIn) -> None:
    visitor = await signed_in("city")
    assert (await visitor.get(PATH)).status_code == 403
    assert "谁想培训" not in (await visitor.get("/console/statistics/quality")).text
