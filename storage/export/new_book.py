"""A new .xlsx from the sheets that it shall hold, without a library: the parts around them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DAY: Final = (2026, 1, 1, 0, 0, 0)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_RELATIONS: Final = f"""{DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
</Relationships>"""


def new_book(
    styles: str,
    sheets: Sequence[tuple[str, str]],
    *,
    defined: str = "",
    packs_small: bool = False,
) -> bytes:
    """Return an .xlsx.

    Args:
        styles: the XML of its styles.
        sheets: name and XML of each.
        defined: the XML of its defined names.
        packs_small: small parts are packed too; msoffcrypto-tool misreads a file that it is to
            protect where a part comes to less than 4,096 bytes by that.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, xml in _parts(styles, sheets, defined):
            entry = zipfile.ZipInfo(name, _DAY)
            is_packed = packs_small or name.startswith("xl/worksheets/")
            entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
            archive.writestr(entry, xml.encode())
    return written.getvalue()


def _parts(
    styles: str, sheets: Sequence[tuple[str, str]], defined: str
) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", _types(len(sheets))
    yield "_rels/.rels", _RELATIONS
    yield "xl/workbook.xml", _book([name for name, _ in sheets], defined)
    yield "xl/_rels/workbook.xml.rels", _book_relations(len(sheets))
    yield "xl/styles.xml", styles
    for at, (_, xml) in enumerate(sheets, 1):
        yield f"xl/worksheets/sheet{at}.xml", xml


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for at in range(1, count + 1)
    )
    return (
        f'{DECLARED}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    )


def _book(names: Sequence[str], defined: str) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"/>'
        for at, name in enumerate(names, 1)
    )
    return (
        f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets>{defined}</workbook>"
    )


def _book_relations(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, count + 1)
    )
    return (
        f'{DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}'
        f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
