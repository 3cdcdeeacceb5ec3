"""What can be wrong with an uploaded table: one key for each, its words and its cure.

The Chinese of the keys is in conversations/forms/texts/tables.zh.toml.
"""

from collections.abc import Mapping
from typing import Final

from storage.errors import StorageError

TOLD: Final[Mapping[str, tuple[str, str]]] = {
    "empty": ("nothing is in it", "Look whether the right file was chosen"),
    "pdf": ("it is a PDF", "Ask for the table itself and save it as .xlsx"),
    "picture": ("it is a picture", "Ask for the table itself and save it as .xlsx"),
    "document": ("it is a text document or a slide show", "Copy the table into Excel, save .xlsx"),
    "archive": ("it is a packed folder", "Unpack it first and give the table inside"),
    "web_page": ("it is a web page", "Open it in Excel or WPS and save it as .xlsx"),
    "binary": ("it is an .xlsb", "Open it in Excel or WPS and save it as .xlsx"),
    "unknown": ("it is no table that is known here", "Save it as .xlsx in Excel or WPS"),
    "password": ("it needs a password", "Take the password off in Excel or WPS, save it again"),
    "corrupt": ("it is damaged", "Open it in Excel or WPS and save it as a new .xlsx"),
    "bomb": ("it unpacks to far more than it should", "Save it as a new .xlsx in Excel or WPS"),
    "large": ("{found} MB, more than {most} MB", "Take it apart, township by township"),
    "rows": ("more than {most} rows ({found} seen)", "Take it apart, township by township"),
    "columns": ("{found} columns, more than {most}", "Delete the columns that are not needed"),
    "sheets": ("{found} sheets, more than {most}", "Keep only the sheet that is needed"),
    "cell": ("line {line}: a cell longer than {most} characters", "Shorten the cell"),
    "encoding": ("line {line}: neither UTF-8 nor GB 18030", "Save it as .xlsx or as CSV UTF-8"),
    "quote": ("line {line}: a quotation mark is not closed", "Close it, or save it as .xlsx"),
    "time": ("reading it took too long", "Save it as a new .xlsx, or take it apart"),
    "memory": ("reading it needs too much memory", "Copy the rows into a new file, save as .xlsx"),
}


class TableFault(StorageError):
    """A file cannot be read as a table; nothing of it was taken.

    Args:
        key: one of `TOLD`.
        values: numbers that the sentence names, never a cell's words.
    """

    def __init__(self, key: str, values: Mapping[str, int] | None = None) -> None:
        self.key = key
        self.values = dict(values or {})
        told, self.cure = TOLD[key]
        self.told = told.format(**{"line": 0, "found": 0, "most": 0} | self.values)
        super().__init__(f"{self.told}. {self.cure}")
