"""What check sheets say of one officer: level by level, round after round."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.check_sheets import belonging, levels, rounds, sheets
from bot.evaluation.check_sheets.belonging import Belonging
from bot.evaluation.stages import CHECK_SHEET, CHECK_SHEET_FINAL
from bot.forms.definition import FormDefinition, Question
from bot.i18n import Texts, _
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.on_the_job import CheckRound, CheckSheet
from bot.models.people import Person
from bot.people import access, directory, reach
from bot.people.access_table import Action
from bot.people.directory import PersonCard

NOTHING_YET = _("No check sheet has been filled in yet.")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sheet and the section it stands in."""

    name: str
    section: Texts
    label: Texts


@dataclass(frozen=True, slots=True)
class Rating:
    """One filled-in sheet: a level for each item ("" where none was given), and by whom.

    `mean` is of the levels 1 to 5; `no_chance` items were given 6 or 7.
    """

    opens_on: dt.date
    final: bool
    by: Texts
    levels: tuple[str, ...]

    @property
    def mean(self) -> float | None:
        return levels.mean(self.levels)

    @property
    def no_chance(self) -> int:
        return levels.without_chance(self.levels)


@dataclass(frozen=True, slots=True)
class Progress:
    """One officer by one sheet: every rating, the oldest first, the supervisor's after the
    officer's own of the same round.
    """

    person: PersonCard
    belongs: Belonging
    title: Texts
    items: tuple[Item, ...]
    ratings: tuple[Rating, ...]

    def change(self) -> float | None:
        """The last own mean less the one before it."""
        means = [one.mean for one in self.ratings if not one.final and one.mean is not None]
        return means[-1] - means[-2] if len(means) > 1 else None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """An officer of a team: career stage, the last own mean, the last mean of the supervisor."""

    person: PersonCard
    belongs: Belonging
    own: float | None
    final: float | None


def of_person(ctx: Ctx, person_id: int) -> Progress:
    """Everything rated of an officer by the sheet that rates them, else by the last that did.

    For themself, their supervisor, and the unit of their part; refuses where there is nothing.
    """
    if person_id != ctx.actor.person_id:
        access.require(ctx, Action.SIGN_TASKS, person_id)
    person = ctx.session.get_one(Person, person_id)
    sheet = sheets.of_person(ctx, person) or _last_sheet(ctx, person_id)
    if sheet is None:
        raise Refusal(_("There is no check sheet for this office and career stage."))
    form = sheets.form_of(ctx, sheet.form)
    questions = levels.items_of(form)
    return Progress(
        directory.card(ctx.session, person_id),
        belonging.of_person(ctx, person_id),
        form.title,
        tuple(_item(form, one) for one in questions),
        tuple(_ratings(ctx, {person_id: sheet}).get(person_id, ())),
    )


def team(ctx: Ctx) -> list[TeamLine]:
    """The people within the actor's reach whom a sheet rates, by name."""
    access.require(ctx, Action.SIGN_TASKS)
    people = ctx.session.scalars(
        select(Person)
        .where(reach.within(ctx, Action.SIGN_TASKS), Person.active, ~Person.guest)
        .order_by(Person.full_name, Person.id)
    ).all()
    belongs = belonging.of_people(ctx, people, ctx.today())
    by_sheets = sheets.of_people(ctx, people)
    by_sheets.pop(ctx.actor.person_id or 0, None)
    ratings = _ratings(ctx, by_sheets)
    return [
        _team_line(card, belongs[card.id], ratings.get(card.id, []))
        for card in directory.cards(ctx.session, list(by_sheets))
    ]


def section_of(form: FormDefinition, question: Question) -> Texts:
    """The label of the group that a question stands in."""
    group = form.group_by_name.get(question.groups[-1]) if question.groups else None
    return group.label if group is not None else Texts.of({})


def _team_line(card: PersonCard, belongs: Belonging, ratings: Sequence[Rating]) -> TeamLine:
    own = [one.mean for one in ratings if not one.final]
    final = [one.mean for one in ratings if one.final]
    return TeamLine(card, belongs, own[-1] if own else None, final[-1] if final else None)


def _last_sheet(ctx: Ctx, person_id: int) -> CheckSheet | None:
    row = ctx.session.scalars(
        select(Assignment)
        .join(Response, Response.assignment_id == Assignment.id)
        .where(Assignment.person_id == person_id, Assignment.stage == CHECK_SHEET.name)
        .order_by(Assignment.occasion.desc())
    ).first()
    if row is None:
        return None
    found = ctx.session.get(CheckRound, rounds.number_of(row.subject))
    return ctx.session.get(CheckSheet, found.sheet_id) if found is not None else None


def _ratings(ctx: Ctx, by_sheets: Mapping[int, CheckSheet]) -> dict[int, list[Rating]]:
    """The ratings of each of these people by the sheet given for them, the oldest first."""
    held = rounds.of_sheets(ctx.session, {sheet.id for sheet in by_sheets.values()})
    in_round = {row.id: row for row in held}
    forms = {sheet.form for sheet in by_sheets.values()}
    items = {form: levels.items_of(sheets.form_of(ctx, form)) for form in forms}
    own = (Assignment.stage == CHECK_SHEET.name) & Assignment.person_id.in_(by_sheets)
    judged = (Assignment.stage == CHECK_SHEET_FINAL.name) & Assignment.about_id.in_(by_sheets)
    rows = ctx.session.execute(
        select(Assignment, Response.answers, Person)
        .join(Response, Response.assignment_id == Assignment.id)
        .join(Person, Person.id == Assignment.person_id)
        .where(own | judged)
    )
    found: dict[int, list[Rating]] = defaultdict(list)
    for row, answers, by in rows:
        rated = row.about_id or row.person_id
        when, sheet = in_round.get(rounds.number_of(row.subject)), by_sheets[rated]
        if when is not None and when.sheet_id == sheet.id:
            given = tuple(levels.level_of(answers, item) for item in items[sheet.form])
            final = row.stage == CHECK_SHEET_FINAL.name
            found[rated].append(Rating(when.opens_on, final, directory.names_of(by), given))
    for ratings in found.values():
        ratings.sort(key=lambda one: (one.opens_on, one.final))
    return found


def _item(form: FormDefinition, question: Question) -> Item:
    return Item(question.name, section_of(form, question), question.label)
