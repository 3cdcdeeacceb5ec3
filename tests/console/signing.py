"""Somebody with a login, and the codes of their authenticator."""

from dataclasses import dataclass

import httpx
import pyotp

from bot.staff.signing_in import link_to, setup_link_to
from storage.console_links import Kind
from tests.console.house import House, Visitor

PASSWORD = "四个不相干的词连起来 72"
NEW = "另外四个不相干的词 27"


@dataclass
class Person:
    """One account that was set up to sign in."""

    house: House
    staff_id: str
    name: str
    password: str
    secret: str

    def code(self, ahead: int = 0) -> str:
        """Return the code that the authenticator shows, or one so many steps later."""
        at = self.house.stage.clock().timestamp() + 30 * ahead
        return pyotp.TOTP(self.secret).at(int(at))


async def link(house: House, staff_id: str, kind: Kind = "lists") -> str:
    """Return the token of a link that the bot or the command line gave."""
    now = house.stage.clock()
    async with house.stage.database.transaction() as tx:
        if kind == "setup":
            return await setup_link_to(tx, staff_id, "command:test", now)
        return await link_to(house.console.office(tx), staff_id, f"staff:{staff_id}")


async def open_link(visitor: Visitor, token: str) -> httpx.Response:
    """Follow a link and press its button."""
    await visitor.get("/console/enter")
    return await visitor.post("/console/enter", {"link": token})


async def set_up(house: House, visitor: Visitor, role: str = "county") -> Person:
    """Set an account up through the pages; the visitor is signed in after it."""
    staff_id, name = house.staff_ids[role], f"{role}登录"
    token = await link(house, staff_id, "setup")
    page = (await open_link(visitor, token)).text
    secret = page.partition('<p class="secret">')[2].partition("</p>")[0].replace(" ", "")
    person = Person(house, staff_id, name, PASSWORD, secret)
    fields = {"name": name, "password": PASSWORD, "again": PASSWORD, "code": person.code()}
    answer = await visitor.post("/console/set-up", {"link": token, **fields})
    assert answer.status_code == 303, answer.text
    # The code that was just used must not be the next one that a test gives.
    house.wait(seconds=60)
    return person


async def sign_in(visitor: Visitor, person: Person, **other: str) -> httpx.Response:
    """Fill in the form to sign in."""
    await visitor.get("/console/sign-in")
    given = {"name": person.name, "password": person.password, "code": person.code()}
    return await visitor.post("/console/sign-in", {**given, **other})
