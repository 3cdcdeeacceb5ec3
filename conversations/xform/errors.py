"""What can go wrong in the form engine, and whose mistake it is.

XFormError            base; catch it, never raise it
├── FormError         the author's, found at load: place, fault and cure are named
└── EvaluationError   the author's, found only while an interview runs (a date made of "abc")

A person's mistake is not an error. It is a `Verdict` (verdict.py).
"""


class XFormError(Exception):
    """Base of all errors of the form engine."""


class FormError(XFormError):
    """The form cannot be used.

    Args of the constructor:
        where: the node, sheet or row, in the author's words.
        what: what is wrong.
        cure: what the author can do about it.
    """

    def __init__(self, where: str, what: str, cure: str) -> None:
        super().__init__(f"{where}: {what} {cure}")
        self.where = where
        self.what = what
        self.cure = cure


class EvaluationError(XFormError):
    """An expression met a value that it cannot work with. Carries no answer, only the fault."""
