"""A printed page, as a phone sees it: its codes scanned, its words read."""

from pathlib import Path

import pypdfium2
import zxingcpp

# Of 72 dots in an inch: what a phone makes of a sheet that it holds far away.
SCALE = 2


class Paper:
    """The pages of a PDF."""

    def __init__(self, content: bytes | Path) -> None:
        self._pdf = pypdfium2.PdfDocument(content)

    def __len__(self) -> int:
        return len(self._pdf)

    def words(self, page: int = 0) -> str:
        """Return all that stands on a page."""
        text: str = self._pdf[page].get_textpage().get_text_bounded()
        return text

    def codes(self, page: int = 0) -> list[str]:
        """Return what the QR codes of a page say."""
        picture = self._pdf[page].render(scale=SCALE).to_pil().convert("L")
        found = zxingcpp.read_barcodes(
            picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
        )
        return sorted(one.text for one in found)

    def is_a4(self, page: int = 0) -> bool:
        """Return whether a page is 210 x 297 mm large."""
        size = self._pdf[page].get_size()
        return [round(points * 25.4 / 72) for points in size] == [210, 297]
