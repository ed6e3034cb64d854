"""What a check sheet says of everybody it rates: item by item, round after round."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.context import Ctx
from bot.evaluation.check_sheets import levels, progress, rounds, sheets
from bot.evaluation.check_sheets.progress import Item
from bot.evaluation.check_sheets.sheets import SheetCard
from bot.evaluation.stages import CHECK_SHEET, CHECK_SHEET_FINAL
from bot.models.evaluation import Assignment
from bot.models.forms import Response
from bot.models.people import Person
from bot.people import reach
from bot.people.access_table import Action


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """The mean of the levels 1 to 5 given to one item, by how many, and how many gave 6 or 7."""

    mean: float | None
    rated: int
    no_chance: int


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round, or the supervisors' part of a final one, with the figures of each item."""

    opens_on: dt.date
    final: bool
    answered: int
    items: tuple[ItemFigures, ...]
    mean: float | None


@dataclass(frozen=True, slots=True)
class OfficeResults:
    """A sheet with the figures of its rounds, the oldest first."""

    sheet: SheetCard
    items: tuple[Item, ...]
    rounds: tuple[RoundFigures, ...]


def of_sheet(ctx: Ctx, sheet_id: int) -> OfficeResults:
    """The figures of a sheet over the people within reach; refuses all but the training unit."""
    card = sheets.card(ctx, sheet_id)
    form = sheets.form_of(ctx, card.form)
    questions = levels.items_of(form)
    items = tuple(Item(one.name, progress.section_of(form, one), one.label) for one in questions)
    given = _given(ctx, sheet_id)
    names = [one.name for one in questions]
    figures = [
        _figures(opens_on, final, answers, names)
        for (opens_on, final), answers in sorted(given.items())
    ]
    return OfficeResults(card, items, tuple(figures))


def _given(ctx: Ctx, sheet_id: int) -> dict[tuple[dt.date, bool], list[dict[str, str]]]:
    """The answers of people within reach, by round and by whether the supervisor gave them."""
    found: dict[tuple[dt.date, bool], list[dict[str, str]]] = defaultdict(list)
    sheet = sheets.row_of(ctx.session, sheet_id)
    opens = {row.id: row.opens_on for row in rounds.of_sheet(ctx.session, sheet)}
    within = select(Person.id).where(reach.within(ctx, Action.ASSIGN))
    rated = func.coalesce(Assignment.about_id, Assignment.person_id)
    rows = ctx.session.execute(
        select(Assignment.stage, Assignment.subject, Response.answers)
        .join(Response, Response.assignment_id == Assignment.id)
        .where(
            Assignment.stage.in_((CHECK_SHEET.name, CHECK_SHEET_FINAL.name)),
            rounds.is_about(opens),
            rated.in_(within),
        )
    )
    for stage, about, answers in rows:
        opens_on = opens[rounds.number_of(about)]
        found[opens_on, stage == CHECK_SHEET_FINAL.name].append(answers)
    return found


def _figures(
    opens_on: dt.date, final: bool, answers: list[dict[str, str]], names: list[str]
) -> RoundFigures:
    columns = [[str(one.get(name) or "") for one in answers] for name in names]
    return RoundFigures(
        opens_on,
        final,
        len(answers),
        tuple(
            ItemFigures(
                levels.mean(column),
                sum(level in levels.RATED for level in column),
                levels.without_chance(column),
            )
            for column in columns
        ),
        levels.mean(level for column in columns for level in column),
    )
