"""Expressions that nobody would write: each is refused in a sentence, or soon evaluated."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.clock import monotonic
from bot.forms import engine
from bot.forms.expressions import (
    Expression,
    ExpressionRefused,
    Kind,
    Kinds,
    Value,
    compile_expression,
)
from bot.forms.functions import MAX_VALUE
from bot.forms.importer import import_form
from bot.i18n import Moment, render
from scripts.fuzzing import expressions, form_rows
from scripts.fuzzing.borders import watched
from scripts.fuzzing.patience import TooMuch, bounded, own_garbage
from scripts.fuzzing.settled import NOW
from scripts.proofs import Disproved, Run, part

SECONDS = 600.0
A_ROUND = 200
DOUBLINGS = 400
NOON = Moment(NOW, "Asia/Phnom_Penh")
QUESTIONS = Kinds(
    {"number": Kind.NUMBER, "date": Kind.DATE, "c": Kind.TRUTH, "b": Kind.NUMBER}, Kind.TEXT
)
COLUMNS = frozenset({"k", "name"})


@part("fuzz-expressions", slice_share=0.008)
def play(run: Run) -> str:
    """Round after round of single expressions, and of whole forms that are answered."""
    ends: Counter[str] = Counter()
    with own_garbage(), tempfile.TemporaryDirectory() as folder:
        import_form(DOUBLED)  # so that what is read once is read before the watch begins
        _answer_doubled(ends, Path(folder))
        number, end = 0, monotonic() + run.share * SECONDS
        while number == 0 or monotonic() < end:
            _round(run.seed + number, Path(folder), ends)
            number += 1
    return ", ".join(f"{count} {what}" for what, count in sorted(ends.items()))


def _round(number: int, folder: Path, ends: Counter[str]) -> None:
    @seed(number)
    @settings(
        max_examples=A_ROUND,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(
        expressions.expression(),
        st.dictionaries(st.sampled_from(expressions.NAMES), expressions.answers()),
        expressions.answers(),
        form_rows.asking(),
    )
    def one(text: str, values: dict[str, Value], itself: Value, form: str) -> None:
        _watched(folder, text, lambda: _single(text, values, itself), ends)
        _watched(folder, form, lambda: _asked(form, list(values.values())), ends)

    one()


def _watched(folder: Path, told: str, step: Callable[[], str], ends: Counter[str]) -> None:
    try:
        with watched(folder) as reached, bounded():
            ends[step()] += 1
    except (Exception, TooMuch) as error:
        raise Disproved(f"{type(error).__name__}: {error} by {told!r:.4000}") from error
    if reached:
        raise Disproved(f"reached {reached} by {told!r:.4000}")


def _single(text: str, values: dict[str, Value], itself: Value) -> str:
    """Compile and evaluate one expression in every way a form does."""
    try:
        ready = compile_expression(text, QUESTIONS, columns=COLUMNS)
    except ExpressionRefused as refused:
        for problem in refused.problems:
            if not render(problem.sentence, "en").strip():
                raise Disproved(f"{problem.code} is no sentence") from None
        return "expressions refused"
    _evaluate(ready, values, itself)
    return "expressions evaluated"


def _evaluate(ready: Expression, values: dict[str, Value], itself: Value) -> None:
    holds = ready.holds(values, itself, NOON, {"k": "x", "name": "a"})
    value = ready.value(values, itself, NOON)
    if not isinstance(holds, bool):
        raise Disproved(f"a condition is {holds!r}")
    if len(str(value)) > MAX_VALUE:
        raise Disproved(f"a value has {len(str(value))} characters")
    str(value).encode()


def _asked(form: str, given: list[Value]) -> str:
    """Import a form and answer it to the end with whatever is at hand."""
    imported = import_form(form)
    if imported.definition is None:
        return "forms refused"
    state = engine.start(imported.definition, NOON, {"a": given[0]} if given else {})
    for value in (*given, *form_rows.PLAIN_ANSWERS * 3):
        question = engine.open_question(imported.definition, state)
        if question is None:
            break
        engine.offer(imported.definition, state, question.name, NOON)
        engine.wording(imported.definition, state, question.label, NOON)
        outcome = engine.answer(imported.definition, state, question.name, value, NOON)
        typed = engine.typed(
            imported.definition, state, question.name, str(value), language="en", moment=NOON
        )
        state = typed.state if outcome.problem else outcome.state
        state = engine.state_from_json(engine.state_to_json(state))
    engine.summary(imported.definition, state, NOON)
    return "forms answered"


def _answer_doubled(ends: Counter[str], folder: Path) -> None:
    _watched(folder, "doubled values", lambda: _asked(DOUBLED, ["x" * 100]), ends)


def _doubled() -> str:
    """A form in which every row holds the words of the row before twice."""
    rows = ["| survey |", "| | type | name | label | calculation |", "| | text | q0 | A? | |"]
    for number in range(1, DOUBLINGS):
        before = f"${{q{number - 1}}}"
        rows.append(f"| | calculate | q{number} | | concat({before}, {before}) |")
    return "\n".join([*rows, f"| | note | n | ${{q{DOUBLINGS - 1}}} | |"])


DOUBLED = _doubled()
