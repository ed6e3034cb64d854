"""To somebody: the day by which a qualification has to be earned comes near, or has come."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.qualification_assigned import still_assigned
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.models.people import Person
from bot.models.qualifications import CurriculumAssignment
from bot.screens import Button, Screen


def still_due(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """The latest stage of what is still asked, not earned by now, and not over."""
    return [item for item in still_assigned(ctx, items) if _holds(ctx, item)]


def one_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    rows = _rows(ctx, items)
    if len(rows) == 1:
        return _("{title}: to be earned by {day}.", title=facts.title_of(ctx, rows[0]),
                 day=rows[0].due_on)  # fmt: skip
    return _n("{count} qualification has to be earned soon.",
              "{count} qualifications have to be earned soon.", len(rows))  # fmt: skip


@notice("assignment_due", line=one_line, holds=still_due)
def assignment_due(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """By when, what is still to be completed, and the class that would bring it."""
    rows = _rows(ctx, items)
    ways = [facts.way_of(ctx, row) for row in rows[: facts.MOST_SHOWN]]
    body: list[Words] = [
        _("{title}: to be earned by {day}.", title=facts.title_of(ctx, row), day=row.due_on)
        for row in rows[: facts.MOST_SHOWN]
    ]
    button = facts.MINE
    if len(rows) == 1:
        body += ["", *facts.way_lines(ways[0])]
        button = (Button(_("Show it"), f"myq1:{rows[0].curriculum_id}"),)
    return Screen(
        title=_title(ctx, rows),
        body=(*body, *facts.more_line(len(rows))),
        rows=(*facts.class_rows(ways), button),
    )


def _title(ctx: Ctx, rows: Sequence[CurriculumAssignment]) -> Words:
    if len(rows) > 1:
        return _n("{count} qualification has to be earned",
                  "{count} qualifications have to be earned", len(rows))  # fmt: skip
    due_on = rows[0].due_on
    assert due_on is not None, "what is due by no day is not reminded of"
    days = (due_on - ctx.today()).days
    if days <= 0:
        return _("Today is the last day to earn a qualification")
    return _n("{count} day left to earn a qualification",
              "{count} days left to earn a qualification", days)  # fmt: skip


def _rows(ctx: Ctx, items: Sequence[Item]) -> list[CurriculumAssignment]:
    """Each curriculum once, the first due first."""
    rows = [facts.assignment_of(ctx, item) for item in items]
    rows.sort(key=lambda row: (str(row.due_on), row.id or 0))
    return list({row.curriculum_id: row for row in reversed(rows)}.values())[::-1]


def _holds(ctx: Ctx, item: Item) -> bool:
    row = facts.assignment_of(ctx, item)
    away_until = ctx.session.get_one(Person, row.person_id).away_until
    return (
        str(row.due_on) == item.params["occasion"]
        and row.told_stage == item.params["stage"]
        and row.due_on is not None
        and row.due_on >= ctx.today()
        and (away_until is None or away_until < ctx.today())
    )
