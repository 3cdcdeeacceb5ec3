"""The forms in use: the one that new interviews begin with, and older ones by their hash."""

from conversations.xform import Form, load_form
from storage import forms
from storage.transaction import Reading


class Shelf:
    """Forms by hash, loaded when first needed and kept: a form never changes."""

    def __init__(self, hash: str, form: Form) -> None:
        self.hash = hash
        self.current = form
        self._loaded = {hash: form}

    async def get(self, reading: Reading, hash: str) -> Form:
        """Return the form of an interview or report.

        Raises:
            LookupError: no such version was ever published here.
            FormError: its text cannot be run by this version of the engine.
        """
        if hash not in self._loaded:
            published = await forms.find(reading, hash)
            if published is None:
                raise LookupError(f"form {hash[:12]} was never published here")
            self._loaded[hash] = load_form(published.xml)
        return self._loaded[hash]
