"""Signing in by name, password and code; what is tried against it."""

import pytest
from httpx import Response

from bot.staff.accounts import suspend
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor, visiting
from tests.console.signing import NEW, PASSWORD, Person, set_up, sign_in

WRONG = "登录名、密码或者验证码不对"


@pytest.fixture
async def person(house: House) -> Person:
    async with visiting(house) as visitor:
        return await set_up(house, visitor)


def cookie_of(answer: Response) -> str:
    return next((one for one in answer.headers.get_list("set-cookie") if "-desk" in one), "")


async def test_name_password_and_code_open_everything(visitor: Visitor, person: Person) -> None:
    answer = await sign_in(visitor, person)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/console"
    assert (await visitor.get("/console/account")).status_code == 200


async def test_the_name_is_found_in_whatever_case_and_width(
    visitor: Visitor, person: Person
) -> None:
    answer = await sign_in(visitor, person, name="  ＣＯＵＮＴＹ登录 ")
    assert answer.status_code == 303


async def test_the_cookie_is_for_this_site_and_no_script(visitor: Visitor, person: Person) -> None:
    cookie = cookie_of(await sign_in(visitor, person)).lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert "max-age" not in cookie


async def test_whoever_wanted_a_page_gets_there_and_nowhere_else(
    visitor: Visitor, person: Person
) -> None:
    answer = await sign_in(visitor, person, next="/console/account?a=1")
    assert answer.headers["location"] == "/console/account?a=1"
    for foreign in ("https://a.example", "//a.example", "/console.a.example", "/console\\..", "/"):
        person.house.wait(seconds=60)
        answer = await sign_in(visitor, person, next=foreign)
        assert answer.headers["location"] == "/console", foreign


@pytest.mark.parametrize("wrong", ["name", "password", "code"])
async def test_what_was_wrong_is_not_told(visitor: Visitor, person: Person, wrong: str) -> None:
    answer = await sign_in(visitor, person, **{wrong: "123456"})
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert cookie_of(answer) == ""
    told = {"password": "county登录", "code": "county登录", "name": "123456"}[wrong]
    assert answer.text.replace(told, "").count("登录名、密码") == 1


async def test_a_code_works_once(visitor: Visitor, person: Person) -> None:
    code = person.code()
    assert (await sign_in(visitor, person, code=code)).status_code == 303
    assert (await sign_in(visitor, person, code=code)).status_code == 422


async def test_a_code_of_the_step_before_does_not_work_after_a_later_one(
    visitor: Visitor, person: Person
) -> None:
    earlier = person.code(-1)
    assert (await sign_in(visitor, person)).status_code == 303
    assert (await sign_in(visitor, person, code=earlier)).status_code == 422


async def test_a_clock_that_is_half_a_minute_off_is_no_hindrance(
    visitor: Visitor, person: Person
) -> None:
    assert (await sign_in(visitor, person, code=person.code(1))).status_code == 303
    assert (await sign_in(visitor, person, code=person.code(3))).status_code == 422


@pytest.mark.parametrize("name", ["county登录", "谁都不是"])
async def test_five_failures_lock_a_name_whether_anybody_has_it_or_not(
    visitor: Visitor, person: Person, name: str
) -> None:
    for _ in range(4):
        answer = await sign_in(visitor, person, name=name, password="x")
        assert WRONG in answer.text
    for _ in range(2):
        answer = await sign_in(visitor, person, name=name, password="x")
        assert "到 2026-11-24 10:16 再试" in answer.text
    assert (await sign_in(visitor, person, name=name)).status_code == 422
    person.house.wait(minutes=16)
    answer = await sign_in(visitor, person, name=name, password="x")
    assert "到 2026-11-24 10:47 再试" in answer.text


async def test_after_the_lock_the_right_words_work_and_begin_a_new_count(
    visitor: Visitor, person: Person
) -> None:
    for _ in range(5):
        await sign_in(visitor, person, password="x")
    person.house.wait(minutes=16)
    assert (await sign_in(visitor, person)).status_code == 303
    assert WRONG in (await sign_in(visitor, person, password="x")).text


async def test_one_address_cannot_try_name_after_name(visitor: Visitor, person: Person) -> None:
    for number in range(40):
        assert WRONG in (await sign_in(visitor, person, name=f"name{number}")).text
    answer = await sign_in(visitor, person)
    assert answer.status_code == 422
    assert "先锁上了" in answer.text


async def test_what_was_tried_stands_in_the_audit(visitor: Visitor, person: Person) -> None:
    await sign_in(visitor, person, password="x")
    await sign_in(visitor, person, name="谁都不是")
    await sign_in(visitor, person)
    lines = [(one.actor, one.action, one.detail) for one in await person.house.audit()]
    who = f"staff:{person.staff_id}"
    assert sorted(line for line in lines if "refused" in line[1]) == [
        (who, "console.sign_in.refused", "127.0.0.1"),
        ("system", "console.sign_in.refused", "127.0.0.1"),
    ]
    # The set-up signed them in too.
    assert lines.count((who, "console.sign_in", "")) == 2


async def test_a_form_without_the_ticket_of_this_browser_signs_nobody_in(
    house: House, visitor: Visitor, person: Person
) -> None:
    given = {"name": person.name, "password": person.password, "code": person.code()}
    assert (await visitor.post("/console/sign-in", given)).status_code == 403
    async with visiting(house) as other:
        await other.get("/console/sign-in")
        await visitor.get("/console/sign-in")
        answer = await visitor.post("/console/sign-in", {**given, "ticket": other.ticket})
        assert answer.status_code == 403


async def test_a_planted_session_is_not_the_one_that_is_signed_in(
    house: House, visitor: Visitor, person: Person
) -> None:
    """Session fixation: the token is made at the sign-in, whatever the browser brought along."""
    planted = "A" * 43
    visitor.http.cookies.set("xiangwen-desk", planted)
    await sign_in(visitor, person)
    async with visiting(house, planted) as thief:
        assert (await thief.get("/console")).status_code == 303


async def test_a_session_by_link_becomes_a_whole_one_and_the_first_token_is_dead(
    house: House, person: Person
) -> None:
    token = await house.session(person.staff_id, "link")
    async with visiting(house, token) as visitor:
        assert (await visitor.get("/console")).status_code == 200
        answer = await visitor.get("/console/account")
        assert "told=console.sign_in.told.more" in answer.headers["location"]
        await sign_in(visitor, person)
        assert (await visitor.get("/console/account")).status_code == 200
    async with visiting(house, token) as thief:
        assert (await thief.get("/console")).status_code == 303


async def test_a_suspended_account_is_out_at_once_and_its_password_is_dead(
    house: House, visitor: Visitor, person: Person
) -> None:
    await sign_in(visitor, person)
    now = house.stage.clock()
    await suspend(house.stage.database, house.stage.world, person.staff_id, "command:x", now)
    assert (await visitor.get("/console")).status_code == 303
    house.wait(seconds=60)
    assert WRONG in (await sign_in(visitor, person)).text


async def test_signing_out_ends_this_session_and_no_other(
    house: House, signed_in: SignedIn
) -> None:
    here, there = await signed_in("county"), await signed_in("county")
    page = await here.done("/console/sign-out")
    assert "已经退出了" in page
    assert (await here.get("/console")).status_code == 303
    assert (await there.get("/console")).status_code == 200


async def test_the_password_is_changed_by_whoever_knows_it_and_others_are_out(
    house: House, visitor: Visitor, person: Person, signed_in: SignedIn
) -> None:
    other = await signed_in("county")
    await sign_in(visitor, person)
    house.wait(seconds=60)
    await visitor.get("/console/account")
    fields = {"password": PASSWORD, "code": person.code(), "new": NEW, "again": NEW}
    wrong = await visitor.post("/console/account/password", {**fields, "password": "x"})
    assert "现在的密码或者验证码不对" in wrong.text
    page = await visitor.done("/console/account/password", fields)
    assert "密码改好了" in page
    assert (await other.get("/console")).status_code == 303
    house.wait(seconds=60)
    async with visiting(house) as later:
        assert WRONG in (await sign_in(later, person)).text
        assert (await sign_in(later, person, password=NEW)).status_code == 303


async def test_everywhere_is_out_at_one_press(house: House, signed_in: SignedIn) -> None:
    here, there = await signed_in("county"), await signed_in("county")
    await here.get("/console/account")
    await here.done("/console/account/sessions", {"but": "this"})
    assert (await there.get("/console")).status_code == 303
    await here.done("/console/account/sessions")
    assert (await here.get("/console")).status_code == 303
