"""Values -> HTML of the console. Everything that a person wrote passes Jinja's autoescape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.places import Places
from bot.staff.naming import place_name
from bot.texts import Texts
from bot.web.pages import static

_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The templates with the words of the staff's language.

    In every template: `say(key, …)`, `static(file)`, `place(id)`, and the filters `moment`, `day`
    and `number`.
    """

    texts: Texts
    _environment: Environment

    @classmethod
    def of(cls, texts: Texts, places: Places, zone: ZoneInfo) -> "Sheets":
        """Return sheets that name places and tell times as the stations do."""
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

        def place(place_id: str) -> str:
            return place_name(places, place_id) or texts("staff.accounts.province")

        def moment(at: datetime | None) -> str:
            return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

        def day(on: date | None) -> str:
            return "" if on is None else on.isoformat()

        environment.globals.update(say=texts, static=static, place=place)
        environment.filters.update(moment=moment, day=day, number=_number)
        return cls(texts, environment)

    def render(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """Return a page."""
        body = self._environment.get_template(template).render(values)
        return HTMLResponse(body, status)


def _number(count: int) -> str:
    """Return a count as people read it: 70,000."""
    return f"{count:,}"


def told_of(texts: Texts, given: Sequence[str]) -> str:
    """Return the key of what the last step told, when the address names one of ours; or ""."""
    key = given[0] if given else ""
    is_ours = key.startswith("console.") and ".told." in key and key in texts.sentences
    return key if is_ours else ""
