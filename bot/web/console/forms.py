"""What was posted to the console: fields, and files that are held in memory and nowhere else.

A browser that is closed in mid-upload ends the reading, and what had come is gone with it.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from bot.figures import figure
from bot.web.refusal import Refusal

MAX_FIELDS: Final = 2000
MAX_FILES: Final = 4
_PIECE: Final = 1 << 20
# Of all fields together, and of a form without a file.
_MAX_FIELD: Final = 1 << 20
# Seconds after which a form is given up: whoever sends slowly keeps others from sending.
_PATIENCE: Final = 600.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; its name is somebody's own words."""

    name: str = field(repr=False)
    size: int
    file: BinaryIO = field(repr=False)

    def pieces(self, size: int = _PIECE) -> Iterator[bytes]:
        """Yield the content from the beginning, in pieces: never a second whole copy."""
        self.file.seek(0)
        while piece := self.file.read(size):
            yield piece

    def content(self) -> bytes:
        """Return the whole content."""
        self.file.seek(0)
        return self.file.read()


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, each with all that was given for it, and its files."""

    values: Mapping[str, tuple[str, ...]] = field(repr=False)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return what was given for a field, without blanks around it; "" for nothing."""
        return self.get(name)

    def get(self, name: str, otherwise: str = "") -> str:
        """Return what was given for a field, without blanks around it."""
        found = self.values.get(name, ())
        return found[0].strip() if found else otherwise

    def raw(self, name: str) -> str:
        """Return what was given for a field exactly as it was typed: passwords."""
        found = self.values.get(name, ())
        return found[0] if found else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return everything that was given for a field: boxes that were ticked."""
        return self.values.get(name, ())

    def close(self) -> None:
        """Let go of the files; nothing of them can be read any more."""
        for upload in self.uploads.values():
            upload.file.close()

    def upload(self, name: str) -> Upload | None:
        """Return the file of a field; None when none was chosen."""
        return self.uploads.get(name)


class _InMemory(MultiPartParser):
    """Starlette's parser; files stay in memory: a temporary file would be plain on the disk."""

    def __init__(self, request: Request, stream: AsyncGenerator[bytes, None], most: int) -> None:
        super().__init__(
            request.headers,
            stream,
            max_files=MAX_FILES,
            max_fields=MAX_FIELDS,
            max_part_size=_MAX_FIELD,
        )
        self.spool_max_size = most + 1


def has_files(request: Request) -> bool:
    """Tell whether a form that can hold files was posted."""
    return _kind(request) == "multipart/form-data"


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def read_form(request: Request, most: int, patience: float = _PATIENCE) -> Form:
    """Return the posted form.

    Args:
        most: bytes that a form with files may have.
        patience: seconds in which all of it must have come.

    Raises:
        Refusal: 413 when it is too large, 400 when it is no form, is never finished, or the
            browser went away.
    """
    if not has_files(request) and _kind(request) != "application/x-www-form-urlencoded":
        raise Refusal(400)
    limit = most if has_files(request) else _MAX_FIELD
    declared = request.headers.get("content-length", "0")
    if figure(declared, limit + 1) > limit:
        raise Refusal(413)
    try:
        async with asyncio.timeout(patience):
            stream = _limited(request, limit)
            if has_files(request):
                return _form(await _InMemory(request, stream, most).parse())
            parser = FormParser(request.headers, stream, max_fields=MAX_FIELDS)
            return _form(await parser.parse())
    except (MultiPartException, ClientDisconnect, ValueError, TimeoutError):
        # None of their words: they may repeat what was sent.
        raise Refusal(400) from None


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > most:
            raise Refusal(413)
        yield chunk


def _form(given: FormData) -> Form:
    values: defaultdict[str, list[str]] = defaultdict(list)
    uploads: dict[str, Upload] = {}
    for name, value in given.multi_items():
        if isinstance(value, UploadFile):
            if value.filename and name not in uploads:
                plain = value.filename.replace("\x00", "")
                uploads[name] = Upload(plain, value.size or 0, value.file)
            else:
                value.file.close()
        else:
            # No database keeps a zero character in a text, and nobody types one.
            values[name].append(value.replace("\x00", ""))
    return Form({name: tuple(held) for name, held in values.items()}, uploads)
