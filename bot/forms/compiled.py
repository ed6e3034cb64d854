"""A form made ready for asking: expressions compiled once, dependencies put in order."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.forms.definition import FormDefinition, Question
from bot.forms.expression_syntax import Call, ExpressionProblem, Reference, parse
from bot.forms.expressions import (
    Expression,
    ExpressionRefused,
    Kind,
    Kinds,
    compile_expression,
    walk,
)
from bot.forms.question_types import contract

_DYNAMIC = re.compile(r"\$\{|[\w-]\(")
_ALWAYS = frozenset({"true()", "true", "yes", "1"})
_NEVER = frozenset({"", "false()", "false", "no", "0"})


@dataclass(frozen=True, eq=False)
class Step:
    """One question with its type and compiled expressions; `needs` come first when computing."""

    index: int
    question: Question
    type: contract.QuestionType
    relevant: Expression | None
    constraint: Expression | None
    required: Expression | bool
    calculation: Expression | None
    default: Expression | None
    choice_filter: Expression | None
    needs: tuple[str, ...]

    @property
    def is_asked(self) -> bool:
        return self.type.asked

    @property
    def takes_answer(self) -> bool:
        return self.type.takes_answer and not self.question.read_only

    @cached_property
    def has_worded_choices(self) -> bool:
        """Whether the label of a choice mentions an answer."""
        return any(
            "${" in words
            for choice in self.question.choices
            for _language, words in choice.label.by_language
        )

    @cached_property
    def keeps_first_value(self) -> bool:
        """Whether the calculation calls once(), so that its first result must be kept."""
        return self.calculation is not None and _calls_once(self.calculation)


@dataclass(frozen=True, eq=False)
class CompiledForm:
    """The steps of a form in its order."""

    steps: tuple[Step, ...]
    by_name: Mapping[str, Step]
    kept: tuple[Step, ...]


def is_dynamic(default: str) -> bool:
    """Whether a default is an expression and not the answer itself, as pyxform decides."""
    return _DYNAMIC.search(default) is not None


def references(text: str) -> frozenset[str]:
    """The questions an expression names; none if it cannot be read."""
    if not text:
        return frozenset()
    try:
        node = parse(text)
    except ExpressionProblem:
        return frozenset()
    return frozenset(part.name for part in walk(node) if isinstance(part, Reference))


def infer_kinds(questions: Iterable[Question]) -> dict[str, Kind]:
    """What kind of value each question has; calculations are looked into, in form order."""
    kinds: dict[str, Kind] = {}
    for question in questions:
        found = contract.find_type(question.type)
        kinds[question.name] = found.kind if found else Kind.TEXT
        if question.type == "calculate":
            try:
                kinds[question.name] = Kinds(kinds).of(parse(question.calculation))
            except ExpressionProblem:
                continue
    return kinds


def calculation_order(depends: Mapping[str, frozenset[str]]) -> tuple[list[str], list[str]]:
    """Names so ordered that each comes after what it depends on, and one circle if there is one.

    Works without recursion, for chains of any length.
    """
    done: dict[str, bool] = {}
    order: list[str] = []
    for first in depends:
        path = [first]
        while path:
            name = path[-1]
            done.setdefault(name, False)
            waiting = [other for other in depends.get(name, ()) if not done.get(other, False)]
            circle = next((other for other in waiting if other in done), None)
            if circle is not None:
                return order, path[path.index(circle) :]
            if waiting:
                path.append(waiting[0])
                continue
            if not done[name]:
                done[name] = True
                order.append(name)
            path.pop()
    return order, []


def depends_on(question: Question) -> frozenset[str]:
    """The questions that decide whether this one is relevant and what it holds."""
    texts = (question.relevant, question.calculation, question.choice_filter)
    return frozenset().union(*(references(text) for text in texts))


_cache: dict[int, tuple[weakref.ref[FormDefinition], CompiledForm]] = {}


def compiled(form: FormDefinition) -> CompiledForm:
    """The compiled form, made once for each definition object.

    Raises ValueError for a definition with circular or unusable expressions.
    """
    known = _cache.get(id(form))
    if known is not None and known[0]() is form:
        return known[1]
    ready = _compile(form)
    key = id(form)
    _cache[key] = weakref.ref(form, lambda _gone: _cache.pop(key, None)), ready
    return ready


def _compile(form: FormDefinition) -> CompiledForm:
    depends = {question.name: depends_on(question) for question in form.questions}
    order, circle = calculation_order(depends)
    if circle:
        raise ValueError(f"questions depend on each other: {', '.join(circle)}")
    rank = {name: place for place, name in enumerate(order)}
    closure: dict[str, frozenset[str]] = {}
    for name in order:
        direct = depends.get(name, frozenset()) & depends.keys()
        closure[name] = direct.union(*(closure[other] for other in direct))
    in_order = sorted(form.questions, key=lambda question: rank[question.name])
    kinds = infer_kinds(in_order)
    steps = tuple(
        _step(index, question, kinds, sorted(closure[question.name], key=rank.__getitem__))
        for index, question in enumerate(form.questions)
    )
    return CompiledForm(
        steps=steps,
        by_name={step.question.name: step for step in steps},
        kept=tuple(step for step in steps if step.keeps_first_value),
    )


def _step(index: int, question: Question, kinds: Mapping[str, Kind], needs: list[str]) -> Step:
    own = Kinds(kinds, kinds[question.name])
    columns = frozenset().union(*(choice.attributes for choice in question.choices)) | {"name"}

    def ready(text: str, columns: frozenset[str] | None = None) -> Expression | None:
        if not text:
            return None
        try:
            return compile_expression(text, own, columns=columns)
        except ExpressionRefused as refused:
            raise ValueError(f"{question.name}: {refused}") from None

    return Step(
        index=index,
        question=question,
        type=contract.type_of(question),
        relevant=ready(question.relevant),
        constraint=ready(question.constraint),
        required=_required(question.required, ready),
        calculation=ready(question.calculation),
        default=ready(question.default) if is_dynamic(question.default) else None,
        choice_filter=ready(question.choice_filter, columns),
        needs=tuple(needs),
    )


def _required(text: str, ready: Callable[[str], Expression | None]) -> Expression | bool:
    word = text.strip().lower()
    if word in _ALWAYS:
        return True
    return False if word in _NEVER else ready(text) or False


def _calls_once(expression: Expression) -> bool:
    return any(
        isinstance(part, Call) and part.function == "once" for part in walk(expression.node)
    )
