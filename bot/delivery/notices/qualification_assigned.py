"""To somebody: a qualification to earn, why, by when, and the class that would bring it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Words, _, _n
from bot.models.qualifications import AssignedBy, CurriculumAssignment, RequirementKind
from bot.screens import Button, Screen
from bot.training.qualifications import assignments


def still_assigned(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that are still asked and concern who is asked, and are not held by now."""
    rows = {item.id: facts.assignment_of(ctx, item) for item in items}
    held = assignments.held_pairs(ctx, {(row.person_id, row.curriculum_id)
                                        for row in rows.values()})  # fmt: skip
    concerned = facts.concerned(ctx, {row.person_id for row in rows.values()})
    return [
        item
        for item in items
        if (row := rows[item.id]).ended_at is None
        and (row.person_id, row.curriculum_id) in concerned - held
    ]


def one_line(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Words:
    """How many, for a message that joins several notices."""
    rows = _rows(ctx, items)
    if len(rows) == 1:
        return _("To be earned: {title}.", title=facts.title_of(ctx, rows[0]))
    return _n("{count} qualification is to be earned.",
              "{count} qualifications are to be earned.", len(rows))  # fmt: skip


@notice("qualification_assigned", line=one_line, holds=still_assigned)
def qualification_assigned(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """What is asked and why; with one of them, what has to be completed."""
    rows = _rows(ctx, items)
    ways = [facts.way_of(ctx, row) for row in rows[: facts.MOST_SHOWN]]
    body: list[Words] = []
    for row in rows[: facts.MOST_SHOWN]:
        body += [*_facts(ctx, row), ""]
    button = facts.MINE
    if len(rows) == 1:
        body += facts.way_lines(ways[0])
        button = (Button(_("Show it"), f"myq1:{rows[0].curriculum_id}"),)
    return Screen(
        title=_n("A qualification for you to earn", "{count} qualifications for you to earn",
                 len(rows)),
        body=(*body, *facts.more_line(len(rows))),
        rows=(*facts.class_rows(ways), button),
    )  # fmt: skip


def _facts(ctx: Ctx, row: CurriculumAssignment) -> list[Words]:
    title: Words = facts.title_of(ctx, row)
    if row.due_on is not None:
        title = _("{title}: to be earned by {day}", title=title, day=row.due_on)
    lines = [title, _why(row)]
    if row.reason:
        lines.append(_("Reason: {reason}", reason=row.reason))
    return lines


def _why(row: CurriculumAssignment) -> Words:
    is_core = row.kind is RequirementKind.CORE
    if row.assigned_by is AssignedBy.POSITION:
        return _("Your post requires it.") if is_core else _("It is recommended for your post.")
    return (
        _("The training unit requires it of you.")
        if is_core
        else _("The training unit recommends it to you.")
    )


def _rows(ctx: Ctx, items: Sequence[Item]) -> list[CurriculumAssignment]:
    """Each curriculum once, the first due first."""
    rows = [facts.assignment_of(ctx, item) for item in items]
    rows.sort(key=lambda row: (row.due_on is None, str(row.due_on), row.id or 0))
    return list({row.curriculum_id: row for row in reversed(rows)}.values())[::-1]
