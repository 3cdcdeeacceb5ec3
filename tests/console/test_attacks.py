"""What is tried from outside and from inside: every address, every header, every form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.web.console.routes import routes_of
from tests.console.conftest import SignedIn
from tests.console.house import House, Visitor, opened_house, visiting
from tests.console.signing import link, open_link

# What is there for whoever is not signed in.
OPEN = {"/console/sign-in", "/console/enter", "/console/set-up"}


def addresses(house: House) -> Iterator[tuple[str, str]]:
    """Yield every method and address of the console, something in the place of its names."""
    for route in routes_of(house.console):
        assert isinstance(route, Route)
        path = route.path.replace(":path", "").replace("{", "").replace("}", "")
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, path


async def test_nobody_gets_anywhere_without_a_session(house: House, visitor: Visitor) -> None:
    for method, path in addresses(house):
        if path in OPEN:
            continue
        answer = await visitor.http.request(
            method, path, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert answer.status_code == 303, (method, path)
        assert answer.headers["location"].startswith("/console/sign-in"), (method, path)


async def test_no_form_is_taken_from_another_site_or_without_its_ticket(
    house: House, signed_in: SignedIn
) -> None:
    county, other = await signed_in("county"), await signed_in("county")
    before = len(await house.audit())
    for method, path in addresses(house):
        if method != "POST":
            continue
        http, here = county.http, {"Sec-Fetch-Site": "same-origin"}
        foreign = await http.post(path, headers={"Sec-Fetch-Site": "cross-site"})
        assert foreign.status_code == 403, path
        origin = await http.post(path, headers={"Origin": "https://a.example"})
        assert origin.status_code == 403, path
        for ticket in ("", "x", other.ticket):
            answer = await http.post(path, data={"ticket": ticket}, headers=here)
            assert answer.status_code == 403, (path, ticket)
    assert len(await house.audit()) == before


async def test_a_part_of_a_page_sends_the_whole_browser_to_sign_in(visitor: Visitor) -> None:
    answer = await visitor.get("/console", **{"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/console/sign-in")


@pytest.mark.parametrize("path", ["/console", "/console/sign-in", "/console/x", "/console/enter"])
async def test_every_answer_has_its_headers_and_is_kept_nowhere(
    signed_in: SignedIn, path: str
) -> None:
    answer = await (await signed_in("county")).get(path)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert " style=" not in answer.text
    assert " onclick" not in answer.text


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("station", "/console/staff"),
        ("auditor", "/console/staff"),
        ("station", "/console/audit"),
        ("operator", "/console/audit"),
    ],
)
async def test_a_role_without_the_right_is_refused_and_the_audit_keeps_it(
    house: House, signed_in: SignedIn, role: str, path: str
) -> None:
    visitor = await signed_in(role)
    answer = await visitor.get(path)
    assert answer.status_code == 403
    assert "这件事您的账号办不了" in answer.text
    assert f'href="{path}"' not in answer.text
    last = (await house.audit())[-1]
    assert last.actor == f"staff:{house.staff_ids[role]}"
    assert last.action.endswith(".refused")


async def test_a_session_by_link_gets_to_lists_only(house: House, signed_in: SignedIn) -> None:
    visitor = await signed_in("county", "link")
    for path in ("/console/account", "/console/staff", "/console/audit"):
        assert (await visitor.get(path)).status_code == 303
    assert "/console/staff" not in (await visitor.get("/console")).text


async def test_too_large_a_form_is_refused_before_it_is_read(
    house: House, signed_in: SignedIn
) -> None:
    county = await signed_in("county")
    await county.get("/console/staff")
    answer = await county.post("/console/staff/invite", {"name": "名" * 1_000_000})
    assert answer.status_code == 413
    assert "文件太大了" in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
async def test_a_form_of_no_known_kind_is_refused(signed_in: SignedIn, kind: str) -> None:
    county = await signed_in("county")
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
    answer = await county.http.post("/console/sign-out", headers=headers, content=b"{}")
    assert answer.status_code == 400


async def test_what_only_takes_a_form_cannot_be_opened(signed_in: SignedIn) -> None:
    answer = await (await signed_in("county")).get("/console/sign-out")
    assert answer.status_code == 404
    assert "没有这一页" in answer.text


async def test_what_the_address_tells_is_one_of_our_sentences(signed_in: SignedIn) -> None:
    county = await signed_in("county")
    page = (await county.get("/console?told=console.account.told.password")).text
    assert "密码改好了" in page
    for forged in ("console.nothing", "zh.title", "<b>x</b>", "console.x.told.y"):
        page = (await county.get(f"/console?told={forged}")).text
        assert 'class="told"' not in page


async def test_under_https_the_cookies_are_bound_to_this_host(tmp_path: Path) -> None:
    async with opened_house(tmp_path, here="https://console.test") as house:
        token = await link(house, house.staff_ids["county"])
        async with visiting(house) as visitor:
            page = await visitor.get("/console/enter")
            assert "max-age=" in page.headers["strict-transport-security"]
            answer = await open_link(visitor, token)
    for given, name in ((page, "__Host-xiangwen-door"), (answer, "__Host-xiangwen-desk")):
        cookie = given.headers["set-cookie"]
        assert cookie.startswith(f"{name}=")
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite=strict"):
            assert part in cookie.split("; ")
        assert "domain" not in cookie.lower()
