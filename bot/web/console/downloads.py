"""Files that the console hands out."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"


def file_of(content: bytes, name: str, kind: str) -> Response:
    """Return a file that no cache keeps, under a Chinese name."""
    return Response(
        content,
        media_type=kind,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
        },
    )
