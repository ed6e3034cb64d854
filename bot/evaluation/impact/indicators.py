"""Indicators: what a course is to change, such as errors, seizures, complaints or hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.impact import reach
from bot.evaluation.impact.typed import code_in, line_in, positive_in
from bot.i18n import Text, Texts, _
from bot.models.impact import Better, Indicator
from bot.models.training import Course
from bot.people import access
from bot.people.access_table import Action
from bot.training import catalogue, courses

LANGUAGES = ("km", "ur")
MOST = 20
BETTER_WORDS: Mapping[Better, Text] = {
    Better.MORE: _("More is better."),
    Better.LESS: _("Less is better."),
}


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """An indicator of a course; `worth` is what one unit of it is worth in money, None where it
    is not counted in money.
    """

    id: int
    course_id: int
    course: Texts
    code: str
    title: Texts
    measure: str
    better: Better
    worth: float | None
    active: bool

    @property
    def sign(self) -> int:
        """1 where more is better, else -1."""
        return 1 if self.better is Better.MORE else -1


def of_course(ctx: Ctx, course_id: int) -> list[IndicatorCard]:
    """The indicators of a course, those in use first; refuses who may not read them."""
    access.require(ctx, Action.READ_IMPACT)
    course = courses.row_of(ctx.session, course_id)
    rows = ctx.session.scalars(
        select(Indicator)
        .where(Indicator.course_id == course_id)
        .order_by(Indicator.active.desc(), Indicator.code)
    )
    return [_card(course, row) for row in rows]


def card(ctx: Ctx, indicator_id: int) -> IndicatorCard:
    """One indicator; refuses one that is not there, and who may not read it."""
    access.require(ctx, Action.READ_IMPACT)
    row = _row(ctx, indicator_id)
    return _card(courses.row_of(ctx.session, row.course_id), row)


def course_title(ctx: Ctx, course_id: int) -> Texts:
    """What the course is called; refuses who may not read about it."""
    access.require(ctx, Action.READ_IMPACT)
    return catalogue.title_of(courses.row_of(ctx.session, course_id))


def create(ctx: Ctx, course_id: int, typed: Mapping[str, Any]) -> IndicatorCard:
    """Name an indicator of a course.

    Refuses members of the unit for one part, a code that the course has already, bad values, and
    more than twenty.
    """
    reach.require_whole(ctx)
    course = courses.row_of(ctx.session, course_id)
    code = code_in(typed, "code")
    known = ctx.session.scalars(
        select(Indicator.code).where(Indicator.course_id == course_id)
    ).all()
    if code in known:
        raise Refusal(_("The course has an indicator {code} already.", code=code))
    if len(known) >= MOST:
        raise Refusal(_("A course has at most {count} indicators.", count=MOST))
    row = Indicator(course_id=course_id, code=code, **_values(typed))
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "indicator.made", "indicator", row.id, code=code)
    return _card(course, row)


def edit(ctx: Ctx, indicator_id: int, typed: Mapping[str, Any]) -> IndicatorCard:
    """Correct an indicator; its figures stay. Refuses what `create` refuses."""
    reach.require_whole(ctx)
    row = _row(ctx, indicator_id)
    for name, value in _values(typed).items():
        setattr(row, name, value)
    ctx.session.flush()
    audit.record(ctx, "indicator.corrected", "indicator", indicator_id)
    return _card(courses.row_of(ctx.session, row.course_id), row)


def set_active(ctx: Ctx, indicator_id: int, active: bool) -> IndicatorCard:
    """Use an indicator, or use it no longer; its figures stay."""
    reach.require_whole(ctx)
    row = _row(ctx, indicator_id)
    if row.active is not active:
        row.active = active
        ctx.session.flush()
        audit.record(ctx, "indicator.used", "indicator", indicator_id, active=active)
    return _card(courses.row_of(ctx.session, row.course_id), row)


def as_typed(ctx: Ctx, indicator_id: int) -> dict[str, str]:
    """An indicator's fields to fill the form beforehand."""
    row = _row(ctx, indicator_id)
    reach.require_whole(ctx)
    shown = {
        "code": row.code,
        "title": row.title,
        **{f"title_{language}": row.titles.get(language, "") for language in LANGUAGES},
        "measure": row.measure,
        "better": row.better.value,
        "worth": f"{row.worth:g}" if row.worth is not None else "",
    }
    return {name: value for name, value in shown.items() if value}


def _values(typed: Mapping[str, Any]) -> dict[str, Any]:
    title = line_in(typed, "title")
    if not title:
        raise Refusal(_("Give the indicator a title."))
    better = str(typed.get("better") or Better.MORE)
    if better not in set(Better):
        raise Refusal(_("Choose whether more or less of it is better."))
    titles = {language: line_in(typed, f"title_{language}") for language in LANGUAGES}
    return {
        "title": title,
        "titles": {language: words for language, words in titles.items() if words},
        "measure": line_in(typed, "measure"),
        "better": Better(better),
        "worth": positive_in(typed, "worth"),
    }


def _row(ctx: Ctx, indicator_id: int) -> Indicator:
    row = ctx.session.get(Indicator, indicator_id)
    if row is None:
        raise Refusal(_("This indicator is not there any more."))
    return row


def _card(course: Course, row: Indicator) -> IndicatorCard:
    assert row.id is not None
    return IndicatorCard(
        id=row.id,
        course_id=row.course_id,
        course=catalogue.title_of(course),
        code=row.code,
        title=Texts.of({"en": row.title, **row.titles}),
        measure=row.measure,
        better=row.better,
        worth=row.worth,
        active=row.active,
    )
