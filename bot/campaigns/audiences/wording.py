"""The rule of an audience in words, for readers of every language, a line for each condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import select

from bot.campaigns.audiences import meaning
from bot.campaigns.audiences.rule import (
    AllOf,
    Answered,
    AnyOf,
    Completed,
    Everybody,
    How,
    InClass,
    Leaf,
    Meets,
    Not,
    OneOf,
    Qualified,
    Rule,
    Saved,
    What,
)
from bot.context import Ctx
from bot.forms import versions
from bot.i18n import LANGUAGES, Text, Words, _, _n
from bot.models.forms import FormVersion
from bot.training import catalogue
from bot.training.enrolments import STATE_WORDS
from bot.training.prerequisite_words import months_words
from bot.training.qualifications import curriculum_cards

MOST_NAMED = 5
"""A longer list of values is only counted."""
VALUES: Mapping[What, Text] = {
    What.UNIT: _("serves in {names}"),
    What.POSITION: _("has the position {names}"),
    What.GRADE: _("has the grade {names}"),
    What.GENDER: _("has the gender {names}"),
    What.LANGUAGE: _("reads {names}"),
    What.STAFF: _("has the staff number {names}"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rule: what it is about, how deep it stands, and its words."""

    rule: Rule
    depth: int
    words: Words


def lines(ctx: Ctx, rule: Rule, depth: int = 0) -> Iterator[Line]:
    """The rule from its top, each condition on a line of its own."""
    match rule:
        case AllOf(parts):
            yield Line(rule, depth, _("all of this:"))
        case AnyOf(parts):
            yield Line(rule, depth, _("at least one of these:"))
        case Not(part):
            parts = (part,)
            yield Line(rule, depth, _("not so:"))
        case _:
            parts = ()
            yield Line(rule, depth, phrase(ctx, rule))
    for one in parts:
        yield from lines(ctx, one, depth + 1)


def indented(line: Line, words: Words | None = None) -> Words:
    """A line as it stands under what it belongs to; `words` instead of its own."""
    said = line.words if words is None else words
    if not line.depth:
        return said
    return Text("{dashes} {words}", (("dashes", "–" * line.depth), ("words", said)))


def phrase(ctx: Ctx, leaf: Leaf) -> Words:
    """One condition in words; a code that there is not by itself."""
    match leaf:
        case Everybody():
            return _("is an officer on the roster")
        case OneOf(what, values):
            return _values(what, values)
        case Qualified():
            return _qualified(ctx, leaf)
        case Completed():
            return _completed(ctx, leaf)
        case Saved(name):
            return _("is in the audience “{name}”", name=name)
        case Answered():
            return _answered(ctx, leaf)
        case Meets() | InClass():
            return _of_class(leaf)


def either(parts: Sequence[Words]) -> Words:
    """One or the other, of any number."""
    return reduce(lambda one, other: _("{one} or {other}", one=one, other=other), parts)


def _values(what: What, values: tuple[str, ...]) -> Words:
    if what is What.LANGUAGE:
        values = tuple(LANGUAGES.get(one.casefold(), one) for one in values)
    more = len(values) - MOST_NAMED
    if what is What.STAFF and more > 0:
        return _n(
            "is on a list of {count} staff number",
            "is on a list of {count} staff numbers",
            len(values),
        )
    named: list[Words] = [*values[:MOST_NAMED]]
    if more > 0:
        named.append(_n("{count} other", "{count} others", more))
    return Text(VALUES[what].msgid, (("names", either(named)),))


def _completed(ctx: Ctx, leaf: Completed) -> Text:
    row = meaning.find_course(ctx, leaf.code)
    title: Words = catalogue.title_of(row) if row is not None else leaf.code
    if not leaf.months:
        return _("has completed {course}", course=title)
    time = months_words(leaf.months)
    return _("has completed {course} in the last {time}", course=title, time=time)


def _of_class(leaf: Meets | InClass) -> Text:
    if isinstance(leaf, Meets):
        return _("meets what class {code} asks for", code=leaf.class_code)
    if leaf.state is None:
        return _("has a place in class {code}", code=leaf.class_code)
    state = STATE_WORDS[leaf.state]
    return _("is on the list of class {code} as: {state}", code=leaf.class_code, state=state)


def _qualified(ctx: Ctx, leaf: Qualified) -> Text:
    row = meaning.find_curriculum(ctx, leaf.code)
    title: Words = curriculum_cards.title_of(row) if row is not None else leaf.code
    if leaf.how is How.HOLDS:
        return _("holds {qualification}", qualification=title)
    if leaf.how is How.LACKS:
        return _("does not hold {qualification}", qualification=title)
    return _n(
        "holds {qualification}, which ends within {count} day",
        "holds {qualification}, which ends within {count} days",
        leaf.days,
        qualification=title,
    )


def _answered(ctx: Ctx, leaf: Answered) -> Text:
    version = ctx.session.scalars(
        select(FormVersion.id)
        .where(FormVersion.form == leaf.form)
        .order_by(FormVersion.version.desc())
    ).first()
    form = versions.definition(ctx, version) if version is not None else None
    title: Words = form.title if form is not None and form.title else leaf.form
    if not leaf.question:
        return _("has answered “{form}”", form=title)
    question = form.question(leaf.question) if form is not None else None
    choice = question.choice(leaf.code) if question is not None else None
    return _(
        "has answered “{form}”, {question}: {answer}",
        form=title,
        question=question.label if question is not None and question.label else leaf.question,
        answer=choice.label if choice is not None and choice.label else leaf.code,
    )
