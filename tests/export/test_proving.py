"""An uploaded template is read in a child process first."""

import io
import zipfile

import pytest

from storage.export.book import MOST_BYTES
from storage.export.errors import TemplateError
from storage.export.proving import prove
from storage.tables.limits import Limits
from tests.export.platform import platform_template

CONTENT = platform_template()


def many_strings(count: int) -> bytes:
    """Return a template with this many strings that nobody asked for."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(CONTENT)) as given,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for entry in given.infolist():
            if entry.filename != "xl/sharedStrings.xml":
                package.writestr(entry, given.read(entry))
        each = "".join(f"<si><t>{number:07}</t></si>" for number in range(count))
        package.writestr("xl/sharedStrings.xml", f"<sst>{each}</sst>")
    return packed.getvalue()


async def test_a_template_that_can_be_read_passes() -> None:
    await prove(CONTENT, "t.xlsx")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(500), "old"),
        (b"%PDF-1.7", "broken"),
        (bytes(MOST_BYTES + 1), "large"),
        (b"", "broken"),
    ],
)
async def test_what_is_wrong_comes_back_with_the_file_and_the_cure(
    content: bytes, key: str
) -> None:
    with pytest.raises(TemplateError) as refused:
        await prove(content, "t.xlsx")
    assert (refused.value.key, refused.value.where) == (key, "t.xlsx")
    assert refused.value.cure


@pytest.mark.parametrize(
    "limits", [Limits(memory=160 << 20), Limits(processor=1), Limits(wait=0.3)]
)
async def test_a_template_that_takes_too_much_memory_or_time_is_refused(limits: Limits) -> None:
    with pytest.raises(TemplateError) as refused:
        await prove(many_strings(2_000_000), "t.xlsx", limits)
    assert refused.value.key == "large"
    assert "memory or time" in refused.value.fault


async def test_the_same_template_is_read_where_there_is_enough() -> None:
    await prove(many_strings(2_000), "t.xlsx", Limits(memory=512 << 20))
