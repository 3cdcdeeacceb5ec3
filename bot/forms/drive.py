"""The engine over JSON lines: one command a line in, one reply a line out.

    {"do":"next"}                 {"event":"question","path",…} or {"event":"end"}
    {"do":"back"}                 the same; before the first question is the first question
    {"do":"answer","value":"…"}   {"verdict":"ok"|"required"|"constraint"|"type","message"}
    {"do":"state"}                {"nodes":[[path,relevant,value],…]}

Whatever goes wrong is {"error":"…"}, and the next line is read.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import random
from typing import TextIO

from conversations.xform import Form, Question, Session, XFormError


@dataclass(slots=True)
class Driver:
    """A session and the question that is open."""

    session: Session
    path: str | None = None
    ended: bool = field(default=False)

    def reply(self, line: str) -> dict[str, object]:
        """Return the reply to one line."""
        try:
            command = json.loads(line)
        except ValueError:
            return {"error": "the line is not JSON"}
        if not isinstance(command, dict):
            return {"error": "the line is not a JSON object"}
        try:
            return self._do(command)
        except XFormError as error:
            return {"error": str(error)}

    def _do(self, command: dict[str, object]) -> dict[str, object]:
        """Carry one command out."""
        match command.get("do"):
            case "next":
                return self._next()
            case "back":
                return self._back()
            case "answer":
                return self._answer(command.get("value"))
            case "state":
                return {"nodes": [list(node) for node in self.session.nodes()]}
            case _:
                return {"error": 'unknown command: "do" is next, back, answer or state'}

    def _next(self) -> dict[str, object]:
        """Step on; at the end it stays there."""
        if not self.ended:
            self.path = self.session.next(self.path)
            self.ended = self.path is None
        return self._shown()

    def _back(self) -> dict[str, object]:
        """Step back; from the beginning it comes to the first question."""
        if self.ended:
            before = self.session.previous()
        else:
            before = self.session.previous(self.path) if self.path else None
        self.path = before or self.session.next()
        self.ended = self.path is None
        return self._shown()

    def _shown(self) -> dict[str, object]:
        """Return the open question, or the end."""
        if self.path is None:
            return {"event": "end"}
        return _event(self.session.question(self.path))

    def _answer(self, value: object) -> dict[str, object]:
        """Judge an answer to the open question."""
        if self.path is None:
            return {"error": "no question is open"}
        if not isinstance(value, str):
            return {"error": '"value" must be a text'}
        verdict = self.session.answer(self.path, value)
        return {"verdict": verdict.kind, "message": verdict.message}


def _event(question: Question) -> dict[str, object]:
    """Return a question as an event."""
    return {
        "event": "question",
        "path": question.path,
        "type": question.type,
        "label": question.label,
        "hint": question.hint,
        "choices": [[choice.name, choice.label] for choice in question.choices],
        "required": question.required,
    }


def drive(
    form: Form, now: datetime, language: str | None, lines_in: Iterable[str], lines_out: TextIO
) -> None:
    """Answer every line until there are no more; each reply is flushed.

    Args:
        now: aware, in the zone of the interview.
        language: a translation of the form, None for its default.

    Raises:
        EvaluationError: the form fails before its first question.
        ValueError: the form has no such language.
    """
    driver = Driver(Session(form, now, language, chance=random))
    for line in lines_in:
        if line.strip():
            lines_out.write(json.dumps(driver.reply(line), ensure_ascii=False) + "\n")
            lines_out.flush()
