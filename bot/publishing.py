"""Publishing the form at the start: compiled once, then loaded from the database.

pyxform is only needed when the source was never seen; a start with a known one takes the
compiled text that was stored.
"""

from datetime import datetime
from pathlib import Path

from bot.forms.compile import load_compiled
from bot.forms.kept import compiled
from bot.shelf import Shelf
from conversations.xform import Form, load_form
from conversations.xform.errors import FormError
from storage import forms
from storage.database import Database
from storage.vault import content_digest

# Without these roles a finished interview could not be kept, found or exported.
ROLES = ("consent", "id_number", "name", "in_range", "township", "county", "city")


async def publish(database: Database, source: Path, now: datetime) -> Shelf:
    """Return the shelf with this source's form as the current one.

    Raises:
        FormError: the form is broken, or its version was published before with other content.
    """
    digest = _digest(source)
    async with database.reading() as reading:
        known = await forms.by_source(reading, digest)
    if known is not None:
        return Shelf(known.hash, load_form(known.xml))
    xml = compiled(source)
    form = load_compiled(source, xml)
    check_roles(form)
    hash = content_digest(xml.encode())
    async with database.transaction() as tx:
        _refuse_an_edit(await forms.versions(tx, form.id), form, hash)
        await forms.publish(
            tx,
            hash=hash,
            form_id=form.id,
            version=form.version,
            xml=xml,
            source_digest=digest,
            now=now,
        )
    return Shelf(hash, form)


def _digest(source: Path) -> str:
    return content_digest(source.read_bytes())


def check_roles(form: Form) -> None:
    """Refuse a form that lacks what the application looks for.

    Raises:
        FormError: a role is missing.
    """
    for role in ROLES:
        if role not in form.roles:
            raise FormError(
                "survey, bind::bot:role",
                f"no question has the role {role}",
                f"write {role} into the column bind::bot:role of the question that asks for it",
            )


def _refuse_an_edit(published: list[forms.PublishedForm], form: Form, hash: str) -> None:
    for version in published:
        if version.version == form.version and version.hash != hash:
            raise FormError(
                "settings, version",
                f"version {form.version} was published before with other content",
                "a published version is never edited: give the form a new version",
            )
