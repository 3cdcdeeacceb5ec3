"""The form engine: compiled XForm text in, questions and verdicts out. Pure: no I/O, no clock.

`load_form` reads the text that pyxform made; `Session` walks one interview through it. Where the
ODK XForms specification and JavaRosa (the engine of ODK Collect) differ, JavaRosa is right.
"""

from conversations.xform.errors import EvaluationError, FormError, XFormError
from conversations.xform.form import Form, FormQuestion
from conversations.xform.load import load_form
from conversations.xform.question import Choice, Question
from conversations.xform.session import Session
from conversations.xform.verdict import Verdict

__all__ = [
    "Choice",
    "EvaluationError",
    "Form",
    "FormError",
    "FormQuestion",
    "Question",
    "Session",
    "Verdict",
    "XFormError",
    "load_form",
]
