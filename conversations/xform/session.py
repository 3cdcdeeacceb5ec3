"""One interview's way through a form: questions out, answers in, verdicts back."""

from collections.abc import Callable, Mapping
from datetime import datetime

from conversations.xform.answers import Kept, kept_text, read_answer
from conversations.xform.form import Form, FormQuestion
from conversations.xform.question import Choice, Question
from conversations.xform.state import State
from conversations.xform.texts import Label, code_of
from conversations.xform.verdict import OK, WRONG_TYPE, Verdict


class Session:
    """The state of one interview in memory; cheap to make again from stored answers.

    Args of the constructor:
        now: aware; its zone is the zone of the interview.
        language: a translation of the form, None for its default.
        values: stored answers (`values()`) to go on from; None begins a new interview.
        chance: gives numbers from 0 to below 1, for forms that use random() or uuid().

    Raises:
        EvaluationError: an expression of the form failed on the given values.
        ValueError: the form has no such language.
    """

    def __init__(
        self,
        form: Form,
        now: datetime,
        language: str | None = None,
        values: Mapping[str, str] | None = None,
        chance: Callable[[], float] | None = None,
    ) -> None:
        chosen = form.default_language if language is None else language
        if language is not None and language not in form.languages:
            raise ValueError(f"the form has no language {language!r}")
        self.form = form
        self.language = chosen
        self._state = State(form, now, chosen, chance)
        if values is None:
            self._state.begin()
        else:
            self._state.resume(values)

    def values(self) -> dict[str, str]:
        """Return the answers to store, by positioned path; hidden ones too; no calculated."""
        kept, derived = self._state.kept, self.form.derived
        return {
            node.path: kept_text(kept[node.number])
            for node in self.form.nodes
            if kept[node.number] not in (None, "") and node.number not in derived
        }

    def get(self, path: str) -> str:
        """Return the kept value of any node, calculated ones too, "" when there is none."""
        return kept_text(self._state.kept[self.form.by_path[path].number])

    def relevant(self, path: str) -> bool:
        """Tell whether a node is relevant: itself and all groups around it."""
        return self._state.facts.relevant[self.form.by_path[path].number]

    def readonly(self, path: str) -> bool:
        """Tell whether a question only shows its value."""
        return self._state.readonly[self.form.by_path[path].number]

    def nodes(self) -> list[tuple[str, bool, str]]:
        """Return path, relevance and value of every leaf node, in document order."""
        kept, relevant = self._state.kept, self._state.facts.relevant
        return [
            (node.path, relevant[node.number], kept_text(kept[node.number]))
            for node in self.form.nodes
            if not node.children
        ]

    def next(self, after: str | None = None) -> str | None:
        """Return the next relevant question, answered or not; None at the end."""
        start = 0 if after is None else self.form.question(after).index + 1
        relevant = self._state.facts.relevant
        for question in self.form.questions[start:]:
            if relevant[question.number]:
                return question.path
        return None

    def previous(self, before: str | None = None) -> str | None:
        """Return the relevant question before; None at the beginning."""
        questions = self.form.questions
        start = len(questions) if before is None else self.form.question(before).index
        relevant = self._state.facts.relevant
        for question in reversed(questions[:start]):
            if relevant[question.number]:
                return question.path
        return None

    def question(self, path: str) -> Question:
        """Return a question with its texts and choices of this moment.

        As in JavaRosa, looking at a question whose choices are filtered drops from its answer
        what is no longer offered.
        """
        question, facts = self.form.question(path), self._state.facts
        choices = self._choices(question) if question.choices else ()
        return Question(
            path=path,
            index=question.index,
            type=question.type,
            label=self._say(question.label),
            hint=self._say(question.hint),
            choices=choices,
            required=self._state.required[question.number],
            value=kept_text(self._state.kept[question.number]),
            bot=question.spoken.get(self.language, question.bot),
            section=question.section.say(facts, self.language),
            language=code_of(self.language),
        )

    def says_whole(self, path: str) -> bool:
        """Tell whether every answer that a question's label and hint repeat has been given."""
        question, facts = self.form.question(path), self._state.facts
        return all(
            text.says_whole(facts, self.language) for text in (question.label, question.hint)
        )

    def answer(self, path: str, value: str) -> Verdict:
        """Judge an answer and keep it when it is ok; "" clears. A refused one changes nothing.

        Raises:
            EvaluationError: a rule of the form failed on it. The answer is kept.
        """
        question = self.form.question(path)
        try:
            kept = self._read(question, value)
        except ValueError:
            return WRONG_TYPE
        verdict = self._judge(question, kept)
        if verdict is OK:
            self._state.commit(question.number, kept)
        return verdict

    def check(self, path: str) -> Verdict:
        """Judge the kept value of a question again; one that is not relevant is ok."""
        question = self.form.question(path)
        if not self._state.facts.relevant[question.number]:
            return OK
        kept = self._state.kept[question.number]
        kept = None if kept == "" else kept
        if kept is not None and question.choices is not None:
            names = self._state.offered_names(question)
            if not all(name in names for name in _chosen(question, kept_text(kept))):
                return WRONG_TYPE
        return self._judge(question, kept)

    def speak(self, language: str) -> None:
        """Change the language of all texts from now on."""
        if language not in self.form.languages:
            raise ValueError(f"the form has no language {language!r}")
        self.language = self._state.language = language

    def _say(self, label: Label) -> str:
        """Return a text in the language of the interview."""
        return label.say(self._state.facts, self.language)

    def _choices(self, question: FormQuestion) -> tuple[Choice, ...]:
        """Return what is offered now, and drop the rest from the answer."""
        source = question.choices
        if source is None:
            return ()
        rows = self._state.look_at(question)
        facts, language = self._state.facts, self.language
        return tuple([source.choice(row, facts, language) for row in rows])

    def _read(self, question: FormQuestion, value: str) -> Kept:
        """Return the typed answer; ValueError when it is of a wrong type or not offered."""
        if value and question.choices is not None:
            names = self._state.offered_names(question)
            if not all(name in names for name in _chosen(question, value)):
                raise ValueError("not offered")
        return read_answer(question.answers, value, self._state.facts.zone)

    def _judge(self, question: FormQuestion, kept: Kept) -> Verdict:
        """Return the verdict on a typed answer: required first, then the constraint."""
        if kept is None:
            if self._state.required[question.number]:
                return Verdict("required", self._say(question.required_message))
            return OK
        if question.constraint is None:
            return OK
        if self._state.holds_for(question.constraint, question.number, kept):
            return OK
        return Verdict("constraint", self._say(question.constraint_message))


def _chosen(question: FormQuestion, value: str) -> list[str]:
    """Return the names in an answer to a select."""
    if question.type == "select_one":
        return [value]
    return [name for name in value.split(" ") if name]
