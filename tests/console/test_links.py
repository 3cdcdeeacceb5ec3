"""One-time links, and the set-up of name, password and authenticator."""

import pytest

from tests.console.house import House, Visitor, visiting
from tests.console.signing import PASSWORD, Person, link, open_link, set_up, sign_in

DEAD = "这个链接不能用了"


async def test_a_link_opens_the_lists_once(house: House, visitor: Visitor) -> None:
    token = await link(house, house.staff_ids["county"])
    assert (await open_link(visitor, token)).headers["location"] == "/console"
    page = await visitor.get("/console")
    assert "只能看打了码的名单" in page.text
    async with visiting(house) as thief:
        answer = await open_link(thief, token)
        assert (answer.status_code, DEAD in answer.text) == (410, True)


async def test_looking_at_a_link_uses_nothing_up(house: House, visitor: Visitor) -> None:
    """What stands behind # is not even sent; a previewer that posts has no ticket."""
    token = await link(house, house.staff_ids["county"])
    async with visiting(house) as robot:
        assert (await robot.http.get("/console/enter")).status_code == 200
        assert (await robot.http.head("/console/enter")).status_code == 200
        posted = await robot.http.post("/console/enter", data={"link": token})
        assert posted.status_code == 403
    assert (await open_link(visitor, token)).status_code == 303


async def test_a_pasted_link_works_as_well(house: House, visitor: Visitor) -> None:
    token = await link(house, house.staff_ids["county"])
    answer = await open_link(visitor, f"https://a.example/console/enter#{token}")
    assert answer.status_code == 303


async def test_a_link_works_for_ten_minutes_and_only_the_newest(
    house: House, visitor: Visitor
) -> None:
    first = await link(house, house.staff_ids["county"])
    second = await link(house, house.staff_ids["county"])
    assert (await open_link(visitor, first)).status_code == 410
    house.wait(minutes=11)
    assert (await open_link(visitor, second)).status_code == 410
    assert (await open_link(visitor, "x" * 43)).status_code == 410


async def test_a_link_to_a_suspended_account_is_dead(house: House, visitor: Visitor) -> None:
    token = await link(house, house.staff_ids["county"])
    async with house.stage.database.transaction() as tx:
        now = house.stage.clock()
        await tx.one("staff.suspend", id=house.staff_ids["county"], now=int(now.timestamp()))
    assert (await open_link(visitor, token)).status_code == 410


async def test_whoever_is_in_already_is_not_put_back_to_the_lists(
    house: House, visitor: Visitor
) -> None:
    person = await set_up(house, visitor)
    token = await link(house, person.staff_id)
    await open_link(visitor, token)
    assert (await visitor.get("/console/account")).status_code == 200
    async with visiting(house) as thief:
        assert (await open_link(thief, token)).status_code == 410


async def test_the_set_up_lets_in_and_its_link_and_its_code_are_used_up(
    house: House, visitor: Visitor
) -> None:
    token = await link(house, house.staff_ids["city"], "setup")
    page = (await open_link(visitor, token)).text
    assert "<svg" in page
    assert "style=" not in page
    secret = page.partition('<p class="secret">')[2].partition("</p>")[0].replace(" ", "")
    person = Person(house, house.staff_ids["city"], "城里", PASSWORD, secret)
    fields = {"link": token, "name": "城里", "password": PASSWORD, "again": PASSWORD}
    page = await visitor.done("/console/set-up", {**fields, "code": person.code()})
    assert "您已经登录" in page
    async with visiting(house) as thief:
        assert (await sign_in(thief, person)).status_code == 422
        assert (await open_link(thief, token)).status_code == 410
        answer = await thief.post("/console/set-up", {**fields, "code": person.code(1)})
        assert answer.status_code == 410
        house.wait(seconds=30)
        assert (await sign_in(thief, person)).status_code == 303


@pytest.mark.parametrize(
    ("field", "given", "told"),
    [
        ("name", "一", "登录名要 2 到 32 个字"),
        ("name", "有 空格", "登录名要 2 到 32 个字"),
        ("password", "短", "密码太短"),
        ("password", "1234567890", "这个密码太常见"),
        ("password", "aaaaaaaaaaaa", "这个密码太常见"),
        ("password", "我是稷山人哈哈哈哈", "密码太短"),
        ("password", "稷山人的密码稷山人的密码", "密码里别带登录名"),
        ("again", "不一样", "两遍密码不一样"),
        ("code", "000000", "数字不对"),
    ],
)
async def test_the_set_up_says_what_is_wrong_and_loses_nothing(
    house: House, visitor: Visitor, field: str, given: str, told: str
) -> None:
    token = await link(house, house.staff_ids["county"], "setup")
    before = (await open_link(visitor, token)).text
    fields = {"name": "稷山人", "password": PASSWORD, "again": PASSWORD, "code": "000000"}
    answer = await visitor.post("/console/set-up", {"link": token, **fields, field: given})
    assert answer.status_code == 422
    assert told in answer.text
    secret = before.partition('<p class="secret">')[2].partition("</p>")[0]
    assert secret in answer.text
    assert (await open_link(visitor, token)).status_code == 200


async def test_a_name_belongs_to_one_account(house: House, visitor: Visitor) -> None:
    await set_up(house, visitor, "county")
    token = await link(house, house.staff_ids["city"], "setup")
    await open_link(visitor, token)
    fields = {"name": "COUNTY登录", "password": PASSWORD, "again": PASSWORD, "code": ""}
    answer = await visitor.post("/console/set-up", {"link": token, **fields})
    assert "这个登录名有人用了" in answer.text


async def test_a_new_set_up_link_ends_what_was_before(house: House, visitor: Visitor) -> None:
    person = await set_up(house, visitor)
    assert (await visitor.get("/console/account")).status_code == 200
    await link(house, person.staff_id, "setup")
    assert (await visitor.get("/console")).status_code == 303
    assert (await sign_in(visitor, person)).status_code == 422


async def test_somebody_without_a_chat_comes_in_by_the_set_up(
    house: House, visitor: Visitor
) -> None:
    staff_id = await house.add_staff("auditor", "province", "测试九", active=False)
    house.staff_ids["auditor"] = staff_id
    await set_up(house, visitor, "auditor")
    assert (await visitor.get("/console/account")).status_code == 200
