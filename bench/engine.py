"""How fast the form engine is: load, answer, next question, whole interview, restore."""

import gc
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.forms.compile import compile_form
from conversations.xform import Form, Question, Session, load_form

FORM = Path(__file__).parent.parent / "conversations/forms/rural_labour.md"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ROUNDS = 40
TYPED = {"integer": "3", "decimal": "2.5", "date": "1980-05-06", "acknowledge": "OK"}
Row = tuple[str, float, str, float]


def measured(repeat: int, call: Callable[[], object]) -> float:
    """Return the median seconds of a call, with the collector off while it runs."""
    times = []
    for _ in range(repeat):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
        gc.enable()
    return statistics.median(times)


def reply_to(form: Form, session: Session, question: Question) -> str:
    """Return the answer, of those it takes, after which most questions are asked."""
    fitting = {"id_number": "140502198005061230", "phone": "13800000000", "birth_year": "1980"}
    tries = [fitting.get(question.bot.get("reader", ""), "")]
    tries += [choice.name for choice in question.choices[:12]]
    tries += [TYPED.get(question.type, "Ann"), "1980", "2026-01", "200"]
    best, most = "", -1
    for value in tries:
        if value and session.answer(question.path, value).kind == "ok":
            asked = sum(session.relevant(other.path) for other in form.questions)
            best, most = (value, asked) if asked > most else (best, most)
    if best:
        session.answer(question.path, best)
    return best


def rehearse(form: Form) -> list[tuple[str, str]]:
    """Return the answers of one interview."""
    session = Session(form, NOW)
    given = []
    path = session.next()
    while path:
        value = reply_to(form, session, session.question(path))
        given.append((path, value))
        path = session.next(path)
    return given


def interview(
    form: Form, answers: list[tuple[str, str]], answer: list[float], ask: list[float]
) -> Session:
    """Run one interview and note the time of each answer and each next question."""
    clock = time.perf_counter
    session = Session(form, NOW)
    for path, value in answers:
        start = clock()
        session.answer(path, value)
        middle = clock()
        following = session.next(path)
        if following:
            session.question(following)
        answer.append(middle - start)
        ask.append(clock() - middle)
    return session


def rows() -> list[Row]:
    """Return what, measured, unit and target of each line of the table."""
    start = time.perf_counter()
    xml = compile_form(FORM)
    compiling = time.perf_counter() - start
    load = measured(7, lambda: load_form(xml))
    form = load_form(xml)
    answers = rehearse(form)
    answer: list[float] = []
    ask: list[float] = []
    session = interview(form, answers, [], [])
    for _ in range(ROUNDS):
        interview(form, answers, answer, ask)
    whole = measured(ROUNDS, lambda: interview(form, answers, [], []))
    stored = session.values()
    restore = measured(ROUNDS, lambda: Session(form, NOW, values=stored))
    return [
        ("compile with pyxform (at publishing)", compiling * 1e3, "ms", 0.0),
        ("load of the compiled form", load * 1e3, "ms", 50.0),
        ("an answer, mean", statistics.mean(answer) * 1e6, "µs", 60.0),
        ("the next question, mean", statistics.mean(ask) * 1e6, "µs", 40.0),
        (f"whole interview, {len(answers)} questions", whole * 1e3, "ms", 5.0),
        (f"restore from {len(stored)} answers", restore * 1e6, "µs", 400.0),
    ]


def main() -> None:
    """Print the table."""
    print(f"{'engine':44} {'measured':>12} {'target':>10} {'ratio':>6}")
    for what, value, unit, target in rows():
        aim = f"{target:.0f} {unit}" if target else "-"
        ratio = f"{value / target:.2f}" if target else "-"
        print(f"{what:44} {value:>9.1f} {unit:2} {aim:>10} {ratio:>6}")


if __name__ == "__main__":
    main()
