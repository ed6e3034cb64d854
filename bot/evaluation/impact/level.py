"""Level 4 in every report: what a class changed, and what its return was."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import scopes
from bot.evaluation.impact import roi
from bot.evaluation.impact.change import Change
from bot.evaluation.impact.roi import Return
from bot.evaluation.levels import Line, Scope, ScopeKind, Section, summary
from bot.i18n import Percent, Words, _
from bot.models.impact import RoiAssumption
from bot.models.training import TrainingClass
from bot.people import access
from bot.people.access_table import Action

TITLE = _("Results: what the training brought about")
MOST_CLASSES = 10


@summary("impact", 4)
def of_scope(ctx: Ctx, scope: Scope) -> Section | None:
    """Of a class its indicators and its return; of a course or a year the returns of classes.

    None for readers who may not read it, and where nothing is measured.
    """
    if not access.may(ctx, Action.READ_IMPACT):
        return None
    if scope.kind is ScopeKind.CLASS:
        return _section(_of_class(ctx, scope.number), _NOTES)
    if scope.kind in (ScopeKind.COURSE, ScopeKind.YEAR):
        return _section(_returns(ctx, scope), ())
    return None


_NOTES: tuple[Words, ...] = (_("Values of a month on average, after the class and before it."),)


def _section(lines: Iterator[Line], notes: tuple[Words, ...]) -> Section | None:
    found = tuple(lines)
    return Section(4, TITLE, found, notes) if found else None


def _of_class(ctx: Ctx, class_id: int) -> Iterator[Line]:
    try:
        found = roi.reckon(ctx, class_id)
    except Refusal:
        return
    yield from (_line(one) for one in found.changes.found if one.better is not None)
    if found.result is not None:
        yield _return(found.result, _("Return on the class"))


def _line(one: Change) -> Line:
    assert one.better is not None
    return Line(
        label=one.indicator.title,
        value=round(one.better.second, 2),
        count=one.series.covered,
        before=round(one.better.first, 2),
        code=one.indicator.code,
    )


def _returns(ctx: Ctx, scope: Scope) -> Iterator[Line]:
    """The newest classes of which somebody has said what is assumed."""
    rows = ctx.session.execute(
        select(TrainingClass.id, TrainingClass.code)
        .join(RoiAssumption, RoiAssumption.class_id == TrainingClass.id)
        .where(TrainingClass.id.in_(scopes.classes(ctx, scope)))
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
        .limit(MOST_CLASSES)
    ).all()
    for class_id, code in rows:
        try:
            found = roi.read(ctx, class_id)
        except Refusal:
            continue
        yield _return(found, _("Return on class {code}", code=code))


def _return(found: Return, label: Words) -> Line:
    return Line(label, Percent(found.percent), code="roi")
