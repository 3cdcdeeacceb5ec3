"""Files that are posted: held in memory, bounded, and gone when the browser goes."""

import asyncio
import os
from pathlib import Path

import httpx
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from bot.web.console.forms import Form, Upload, read_form
from bot.web.refusal import Refusal

MOST = 8 << 20


def pieces_of(request: httpx.Request) -> list[bytes]:
    body = request.read()
    return [body[start : start + 65536] for start in range(0, len(body), 65536)] or [b""]


def request_of(sent: httpx.Request, *, stops_after: int | None = None) -> Request:
    """Return a request as a server hands it on; the browser may go away in the middle."""
    pieces = iter(pieces_of(sent))
    left = len(pieces_of(sent)) if stops_after is None else stops_after

    async def receive() -> Message:
        nonlocal left
        if left == 0:
            return {"type": "http.disconnect"}
        left -= 1
        return {
            "type": "http.request",
            "body": next(pieces),
            "more_body": left > 0 or bool(stops_after),
        }

    headers = [(name.lower(), value) for name, value in sent.headers.raw]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    return Request(scope, receive)


def posting(content: bytes, **fields: str) -> httpx.Request:
    files = {"file": ("名单.xlsx", content)}
    return httpx.Request("POST", "http://x/", data=fields, files=files)


async def test_a_form_that_is_never_finished_is_given_up() -> None:
    async def silence() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    sent = posting(b"x")
    headers = [(name.lower(), value) for name, value in sent.headers.raw]
    request = Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, silence)
    with pytest.raises(Refusal) as refused:
        await read_form(request, MOST, patience=0.01)
    assert refused.value.status == 400


@pytest.mark.parametrize("names", [["a"] * 2001, [f"a{number}" for number in range(2001)]])
async def test_more_fields_than_a_form_has_are_refused(names: list[str]) -> None:
    body = "&".join(f"{name}=1" for name in names).encode()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    with pytest.raises(Refusal) as refused:
        await read(httpx.Request("POST", "http://x/", content=body, headers=headers))
    assert refused.value.status == 400
    few = body.rpartition(b"&")[0]
    form = await read(httpx.Request("POST", "http://x/", content=few, headers=headers))
    assert sum(len(held) for held in form.values.values()) == 2000


async def read(sent: httpx.Request, **how: int) -> Form:
    return await read_form(request_of(sent, **how), MOST)


def plain_files() -> set[str]:
    """Return the files without a name that this process holds open: temporary ones."""
    links = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return {link for link in links if "deleted" in link}


async def test_a_file_is_given_in_pieces_and_never_lies_on_the_disk() -> None:
    content = os.urandom(3 << 20)
    before = plain_files()
    form = await read(posting(content, ticket=" abc ", note="一 二"))
    assert plain_files() == before
    upload = form.upload("file")
    assert isinstance(upload, Upload)
    assert (upload.name, upload.size) == ("名单.xlsx", len(content))
    assert b"".join(upload.pieces()) == upload.content() == content
    assert max(len(piece) for piece in upload.pieces()) == 1 << 20
    form.close()
    assert (form["ticket"], form["note"], form["nothing"]) == ("abc", "一 二", "")


async def test_a_field_that_is_no_file_is_none() -> None:
    form = await read(httpx.Request("POST", "http://x/", data={"a": ["1", "2"], "b": " p "}))
    assert form.upload("file") is None
    assert form.all("a") == ("1", "2")
    assert form.raw("b") == " p "
    empty = await read(posting(b""))
    assert empty.upload("other") is None
    empty.close()


async def test_a_file_that_is_too_large_is_refused_whatever_it_says_of_its_length() -> None:
    sent = posting(b"x" * (MOST + 1))
    with pytest.raises(Refusal) as said:
        await read(sent)
    assert said.value.status == 413
    del sent.headers["content-length"]
    with pytest.raises(Refusal) as unsaid:
        await read(sent)
    assert unsaid.value.status == 413


async def test_a_browser_that_goes_in_mid_upload_leaves_nothing() -> None:
    with pytest.raises(Refusal) as gone:
        await read(posting(os.urandom(1 << 20)), stops_after=3)
    assert gone.value.status == 400
    assert not isinstance(gone.value.__cause__, ClientDisconnect)


@pytest.mark.parametrize(
    "files", [[("f", (f"{number}.csv", b"x")) for number in range(5)], [("f", ("a", b""))] * 9]
)
async def test_more_files_than_a_form_has_are_refused(
    files: list[tuple[str, tuple[str, bytes]]],
) -> None:
    with pytest.raises(Refusal):
        await read(httpx.Request("POST", "http://x/", files=files))


@pytest.mark.parametrize(
    "body", [b"--b\r\n\r\nx", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"]
)
async def test_what_is_no_form_is_refused(body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    sent = httpx.Request("POST", "http://x/", content=body, headers=headers)
    with pytest.raises(Refusal) as refused:
        await read(sent)
    assert refused.value.status == 400
