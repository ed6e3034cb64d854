"""The training work of a whole year, as trainers, heads of offices and the unit saw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import asking, windows
from bot.evaluation.answering import take
from bot.evaluation.asking import Asked
from bot.evaluation.own_work import answers, matrices
from bot.evaluation.own_work.answers import Counts, Told
from bot.evaluation.prefilling import fills
from bot.evaluation.stages import YEAR_REVIEW
from bot.evaluation.subjects import names
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Words, _
from bot.models.evaluation import Assignment
from bot.models.people import Person, Role, Unit
from bot.models.training import Trainer
from bot.people import access, directory, heads
from bot.people.access_table import Action

DAYS = 21
YEARS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom the evaluation of a year concerns; somebody may be several of them."""

    trainers: frozenset[int]
    heads: frozenset[int]
    unit: frozenset[int]

    @property
    def everybody(self) -> frozenset[int]:
        return self.trainers | self.heads | self.unit


@dataclass(frozen=True, slots=True)
class Year:
    """The results of a year against those of the year before, where there were any."""

    year: int
    told: Told
    before: Told | None


def subject_of(year: int) -> str:
    """What an assignment about a year keeps as its subject."""
    return f"year:{year}"


def shown(ctx: Ctx) -> list[int]:
    """This year and the ones before it, the latest first."""
    access.require(ctx, Action.READ_REPORTS)
    this = ctx.today().year
    return [this - back for back in range(YEARS_SHOWN)]


def counts(ctx: Ctx, year: int) -> Counts:
    """How many were asked about a year, and have answered."""
    access.require(ctx, Action.READ_REPORTS)
    return answers.counts(ctx, YEAR_REVIEW, subject_of(year))


def invited(ctx: Ctx) -> Invited:
    """Trainers of the pool, heads of offices and members of the unit who serve today."""
    access.require(ctx, Action.SET_EVALUATION)
    serving = set(ctx.session.scalars(select(Person.id).where(Person.active, ~Person.guest)))
    pool = ctx.session.scalars(select(Trainer.person_id).where(Trainer.person_id.is_not(None)))
    units = ctx.session.scalars(select(Unit.id)).all()
    leading = {heads.head_of(ctx.session, one) for one in units if one is not None}
    return Invited(
        trainers=_among(set(pool), serving),
        heads=_among(leading, serving),
        unit=_among(set(access.people_with(ctx.session, Role.UNIT)), serving),
    )


def not_asked_yet(ctx: Ctx, year: int) -> frozenset[int]:
    """Those whom a year concerns and who have not been asked about it."""
    rows = ctx.session.scalars(
        select(Assignment.person_id).where(
            Assignment.stage == YEAR_REVIEW.name, Assignment.subject == subject_of(year)
        )
    )
    return invited(ctx).everybody - set(rows)


def ask(ctx: Ctx, year: int) -> int:
    """Ask everybody a year concerns who has not been asked; how many, who are told.

    Refuses a year that is neither this one nor the last, and where nobody is left.
    """
    access.require(ctx, Action.SET_EVALUATION)
    today = ctx.today()
    if year not in (today.year, today.year - 1):
        raise Refusal(_("Only this year and the last one can be evaluated."))
    wanted = []
    for person in ctx.session.scalars(
        select(Person).where(Person.id.in_(not_asked_yet(ctx, year))).order_by(Person.id)
    ):
        zone = directory.zone_of(person, ctx.settings)
        closes = windows.closes_at(today, DAYS, zone, ctx.now())
        assert closes is not None, "the days begin today"
        assert person.id is not None
        wanted.append(Asked(person.id, subject_of(year), today, closes))
    given = asking.ask(ctx, YEAR_REVIEW, wanted)
    if not given:
        raise Refusal(_("Everybody has been asked about this year."))
    matrices.tell(ctx, given)
    audit.record(ctx, "year.evaluation_asked", "year", year, people=len(given))
    return len(given)


def read(ctx: Ctx, year: int) -> Year:
    """The results of a year without names; refuses one that nobody has answered about."""
    if not counts(ctx, year).answered:
        raise Refusal(_("Nobody has answered about this year yet."))
    told = answers.read(ctx, YEAR_REVIEW, subject_of(year))
    has_before = counts(ctx, year - 1).answered
    before = answers.read(ctx, YEAR_REVIEW, subject_of(year - 1)) if has_before else None
    return Year(year, told, before)


@on_submit(YEAR_REVIEW.form)
def take_review(ctx: Ctx, submission: Submission) -> Text:
    """Take somebody's answers about a year."""
    return take(ctx, submission)


@names("year")
def year_words(_ctx: Ctx, year: int) -> Words:
    """The year that an assignment is about."""
    return str(year)


@fills(YEAR_REVIEW)
def filled(_ctx: Ctx, assignment: Assignment) -> Mapping[str, str]:
    """The year, which the questions name."""
    return {"year": assignment.subject.partition(":")[2]}


def _among(found: set[int | None] | set[int], serving: set[int | None]) -> frozenset[int]:
    return frozenset(one for one in found if one is not None and one in serving)
