"""Ratings over many classes, built only from what the report of each single class shows.

A class of which too few answered adds nothing, and neither does a question or a gender that its
own report withholds: so no two reports, however they overlap, give away by their difference what
each of them hides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from bot import policy
from bot.context import Ctx
from bot.evaluation import results
from bot.evaluation.results import Kind
from bot.evaluation.stages import Stage
from bot.forms import versions
from bot.forms.definition import FormDefinition, Question
from bot.i18n import Texts
from bot.models.evaluation import Assignment
from bot.models.forms import AnonymousResponse, FormVersion, Response
from bot.models.people import Person


@dataclass(frozen=True, slots=True)
class Tally:
    """How many chose each code of one scale."""

    counts: Mapping[str, int]

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        n = self.n
        return sum(float(code) * count for code, count in self.counts.items()) / n if n else None


@dataclass(frozen=True, slots=True)
class Rating:
    """One question on a scale, over all classes that show it: `by_class` is each alone,
    `by_gender` those classes only that show it by gender; `steps` are (code, label), lowest first.
    """

    name: str
    label: Texts
    steps: tuple[tuple[str, Texts], ...]
    whole: Tally
    by_class: Mapping[int, Tally]
    by_gender: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class Published:
    """Every question in the form's order; of `classes` with answers, `shown` show any."""

    ratings: tuple[Rating, ...] = ()
    classes: int = 0
    shown: int = 0

    def rating(self, name: str) -> Rating | None:
        """The question of this name; None where no class asked or shows it."""
        return next((one for one in self.ratings if one.name == name), None)


def ratings(ctx: Ctx, closed: Select[int | None], stage: Stage) -> Published:
    """What these classes, whose questionnaires have closed, may say at a stage."""
    used = _versions(ctx, closed, stage)
    if not used:
        return Published()
    questions, comparable = _scales(ctx, used, stage)
    least = policy.value(ctx.session, "smallest_group")
    anonymous = _counted(ctx, AnonymousResponse, closed, stage, comparable)
    named = _counted(ctx, Response, closed, stage, comparable)
    given = [(class_id, cells, least) for class_id, cells in anonymous.items()]
    given += [
        (class_id, cells, 1) for class_id, cells in named.items() if class_id not in anonymous
    ]
    found = tuple(_rating(question, given, least) for question in questions)
    shown = {class_id for one in found for class_id in one.by_class}
    return Published(found, len(given), len(shown))


Cells: TypeAlias = dict[str, list[tuple[str, str, int]]]
"""By question: gender, code, and how many gave it; of one class."""


def _rating(question: Question, given: Iterable[tuple[int, Cells, int]], threshold: int) -> Rating:
    codes = _codes(question)
    by_class: dict[int, Tally] = {}
    whole = dict.fromkeys(codes, 0)
    genders: dict[str, dict[str, int]] = {}
    for class_id, cells, least in given:
        by_gender = _by_gender(codes, cells.get(question.name, ()))
        sizes = {gender: sum(counts.values()) for gender, counts in by_gender.items()}
        if not sizes or sum(sizes.values()) < least:
            continue
        own = dict.fromkeys(codes, 0)
        for counts in by_gender.values():
            _add(own, counts)
        _add(whole, own)
        by_class[class_id] = Tally(own)
        for gender in results.shown_genders(sizes, threshold):
            _add(genders.setdefault(gender, dict.fromkeys(codes, 0)), by_gender[gender])
    return Rating(
        question.name,
        question.label,
        tuple((choice.code, choice.label) for choice in question.choices),
        Tally(whole),
        by_class,
        {gender: Tally(genders[gender]) for gender in sorted(genders)},
    )


def _by_gender(
    codes: tuple[str, ...], cells: Iterable[tuple[str, str, int]]
) -> dict[str, dict[str, int]]:
    """The counts of each gender in the order of the scale; what stands on no step is left out."""
    found: dict[str, dict[str, int]] = {}
    for gender, code, count in cells:
        if code in codes:
            found.setdefault(gender, dict.fromkeys(codes, 0))[code] += count
    return found


def _add(to: dict[str, int], counts: Mapping[str, int]) -> None:
    for code, count in counts.items():
        to[code] += count


def _versions(ctx: Ctx, closed: Select[int | None], stage: Stage) -> list[FormVersion]:
    """The versions that were answered, the newest of the usual form last."""
    anonymous = select(AnonymousResponse.version_id).where(
        AnonymousResponse.class_id.in_(closed), AnonymousResponse.stage == stage.name
    )
    named = (
        select(Response.version_id)
        .join(Assignment, Assignment.id == Response.assignment_id)
        .where(Assignment.class_id.in_(closed), Assignment.stage == stage.name)
    )
    rows = ctx.session.scalars(
        select(FormVersion).where(FormVersion.id.in_(anonymous.union(named)))
    )
    return sorted(rows, key=lambda row: (row.form == stage.form, row.id or 0))


def _scales(
    ctx: Ctx, used: list[FormVersion], stage: Stage
) -> tuple[list[Question], list[tuple[int, frozenset[str]]]]:
    """The questions of the newest version, and of each version those asked on the same scale."""
    newest = versions.definition(ctx, used[-1].id or 0)
    questions = list(_on_scale(newest))
    steps = {question.name: _codes(question) for question in questions}
    comparable = []
    for row in used:
        form = versions.definition(ctx, row.id or 0)
        same = frozenset(one.name for one in _on_scale(form) if steps.get(one.name) == _codes(one))
        comparable.append((row.id or 0, same))
    return questions, comparable


def _on_scale(form: FormDefinition) -> Iterator[Question]:
    return (one for one in form.questions if results.kind_of(one) is Kind.SCALE)


def _codes(question: Question) -> tuple[str, ...]:
    return tuple(choice.code for choice in question.choices)


def _counted(
    ctx: Ctx,
    table: type[AnonymousResponse] | type[Response],
    closed: Select[int | None],
    stage: Stage,
    comparable: Iterable[tuple[int, frozenset[str]]],
) -> dict[int, Cells]:
    """Who gave what, counted by the database: one row for each class, question, gender, code."""
    found: dict[int, Cells] = {}
    folded: dict[str, str] = {}
    for names, version_ids in _by_names(comparable).items():
        query = _query(ctx, table, closed, stage, version_ids, names)
        for class_id, name, gender, code, count in ctx.session.execute(query):
            if gender not in folded:
                folded[gender] = results.folded(gender)
            cells = found.setdefault(class_id, {})
            cells.setdefault(name, []).append((folded[gender], code, count))
    return found


def _by_names(
    comparable: Iterable[tuple[int, frozenset[str]]],
) -> dict[frozenset[str], list[int]]:
    groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for version_id, names in comparable:
        if names:
            groups[names].append(version_id)
    return groups


def _query(
    ctx: Ctx,
    table: type[AnonymousResponse] | type[Response],
    closed: Select[int | None],
    stage: Stage,
    version_ids: list[int],
    names: frozenset[str],
) -> Any:
    given = _pairs(ctx, table.answers)
    code = cast(given.c.value, Text)
    if table is AnonymousResponse:
        query = select(AnonymousResponse.class_id, given.c.key, AnonymousResponse.gender, code)
        query = query.where(
            AnonymousResponse.class_id.in_(closed), AnonymousResponse.stage == stage.name
        )
        gender: Any = AnonymousResponse.gender
        class_id: Any = AnonymousResponse.class_id
    else:
        query = (
            select(Assignment.class_id, given.c.key, Person.gender, code)
            .select_from(Response)
            .join(Assignment, Assignment.id == Response.assignment_id)
            .join(Person, Person.id == Response.person_id)
            .where(Assignment.class_id.in_(closed), Assignment.stage == stage.name)
        )
        gender, class_id = Person.gender, Assignment.class_id
    return (
        query.add_columns(func.count())
        .where(table.version_id.in_(version_ids), given.c.key.in_(sorted(names)))
        .group_by(class_id, given.c.key, gender, code)
    )


def _pairs(ctx: Ctx, answers: InstrumentedAttribute[Any] | Any) -> Any:
    """A response's answers as rows of key and value, in the words of either database."""
    is_sqlite = ctx.session.get_bind().dialect.name == "sqlite"
    each = func.json_each if is_sqlite else func.json_each_text
    return each(answers).table_valued("key", "value", joins_implicitly=True)
