"""Results of a class, a course, a trainer, an office or a year: all levels in one report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import closing, levels, own_practice, response_rates, scopes
from bot.evaluation.class_results import Rate
from bot.evaluation.levels import Scope, ScopeKind, Section
from bot.evaluation.own_practice import OwnPractice
from bot.evaluation.published import Published
from bot.evaluation.response_rates import OfficeRate
from bot.evaluation.stages import REACTION_TRAINEE, STAGES
from bot.i18n import Texts, Words, _
from bot.models.training import Course, TrainingClass
from bot.people.access_table import Action
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen
from bot.training import catalogue

OVERALL, TRAINER = "overall", "trainer"
NOT_YET = _("The results can be read once the questionnaire has closed.")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of the report; the means are withheld as its own report withholds them."""

    code: str
    title: Texts
    ends_on: dt.date | None
    rate: Rate
    overall: float | None
    trainer: float | None


@dataclass(frozen=True, slots=True)
class ResultsData:
    """What the report is made of; `local` is the language of the administration's papers."""

    scope: Scope
    title: Words
    first: dt.date | None
    last: dt.date | None
    made_on: dt.date
    local: str
    sections: tuple[Section, ...]
    reaction: Published
    classes: tuple[ClassRow, ...]
    rates: tuple[tuple[Words, Rate], ...]
    offices: tuple[OfficeRate, ...]
    practice: OwnPractice


def read(ctx: Ctx, params: Params) -> ResultsData:
    """The results of `params["of"]` (a kind of scope) with the id `params["id"]`.

    Refuses other readers, a class before its questionnaire has closed, and where there is nothing.
    """
    scope = scopes.opened(ctx, ScopeKind(params["of"]), int(params["id"]))
    if scope.kind is ScopeKind.CLASS and not closing.results_are_open(ctx.session, scope.number):
        raise Refusal(NOT_YET)
    sections = levels.sections(ctx, scope)
    reaction = _reaction(sections)
    first, last = scopes.days(ctx, scope)
    found = ResultsData(
        scope=scope,
        title=scopes.title(ctx, scope),
        first=first,
        last=last,
        made_on=ctx.today(),
        local=ctx.settings.language,
        sections=sections,
        reaction=reaction,
        classes=_classes(ctx, scope, reaction),
        rates=tuple(
            (STAGES[name].title, rate)
            for name, rate in response_rates.by_stage(ctx, scope).items()
        ),
        offices=tuple(response_rates.by_office(ctx, scope)),
        practice=own_practice.of_scope(ctx, scope),
    )
    if not found.sections:
        raise Refusal(_("There are no results yet: nobody has been asked."))
    return found


def screens(data: ResultsData) -> tuple[Screen, ...]:
    """All of it in words."""
    from bot.reports import results_words

    return results_words.screens(data)


def files(data: ResultsData, language: str) -> tuple[MadeFile, ...]:
    """One picture for the phone, a paper to be signed, and a workbook."""
    from bot.reports import results_files  # drawing takes a second to load

    return results_files.make(data, language)


def _reaction(sections: tuple[Section, ...]) -> Published:
    """The ratings behind level 1, which are read once only."""
    found = (section.ratings for section in sections if section.level == 1)
    return next((ratings for ratings in found if ratings is not None), Published())


def _classes(ctx: Ctx, scope: Scope, reaction: Published) -> tuple[ClassRow, ...]:
    """The classes of the scope, the latest first."""
    rates = response_rates.by_class(ctx, scope, REACTION_TRAINEE)
    overall, trainer = _means(reaction, OVERALL), _means(reaction, TRAINER)
    rows = ctx.session.execute(
        select(TrainingClass.id, TrainingClass.code, TrainingClass.ends_on, Course)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(TrainingClass.id.in_(scopes.classes(ctx, scope)))
        .order_by(TrainingClass.ends_on.desc(), TrainingClass.id.desc())
    )
    return tuple(
        ClassRow(
            code=code,
            title=catalogue.title_of(course),
            ends_on=ends_on,
            rate=rates[class_id],
            overall=overall.get(class_id),
            trainer=trainer.get(class_id),
        )
        for class_id, code, ends_on, course in rows
    )


def _means(reaction: Published, name: str) -> dict[int, float | None]:
    found = reaction.rating(name)
    if found is None:
        return {}
    return {class_id: tally.mean for class_id, tally in found.by_class.items()}


RESULTS = register(Report("results", _("Results"), Action.READ_REPORTS, read, screens, files))
