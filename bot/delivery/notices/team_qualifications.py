"""To a supervisor, once a week: what has lapsed in the team, and who is late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.context import Ctx
from bot.delivery.notices import qualification_facts as facts
from bot.delivery.notices.registry import Item, Reader, notice
from bot.i18n import Texts, Words, _
from bot.long_text import and_more
from bot.models.people import Person
from bot.models.qualifications import CurriculumAssignment, Qualification
from bot.people import directory
from bot.screens import Button, Screen, Style
from bot.training import approvers
from bot.training.qualifications import assignments
from bot.training.qualifications.validity import Standing

MOST_SHOWN = 12


class _Line(NamedTuple):
    """One officer with one qualification."""

    name: Texts
    title: Texts
    row: Qualification | CurriculumAssignment


def still_so(ctx: Ctx, items: Sequence[Item]) -> list[Item]:
    """Those that have not been earned since, of people whom the reader leads."""
    return [item for item in items if _holds(ctx, item)]


@notice("team_qualifications", holds=still_so)
def team_qualifications(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen:
    """Who, what and since when, each once."""
    lines = {(type(row), row.id): _line(ctx, row) for item in items if (row := _row(ctx, item))}
    words = [_words(line) for line in lines.values()]
    body: list[Words] = [*words[:MOST_SHOWN]]
    body += and_more(len(words) - MOST_SHOWN)
    return Screen(
        title=_("Qualifications of your team that need attention"),
        body=tuple(body),
        rows=((Button(_("Qualifications of my team"), "teamq", style=Style.PRIMARY),),),
        protect=True,
    )


def _row(ctx: Ctx, item: Item) -> Qualification | CurriculumAssignment:
    if "assignment" in item.params:
        return facts.assignment_of(ctx, item)
    return facts.held_of(ctx, item)


def _line(ctx: Ctx, row: Qualification | CurriculumAssignment) -> _Line:
    return _Line(directory.name_of(ctx.session, row.person_id), facts.title_of(ctx, row), row)


def _words(line: _Line) -> Words:
    if isinstance(line.row, Qualification):
        return _("• {name}: {title} has lapsed. It ended on {day}.", name=line.name,
                 title=line.title, day=line.row.expires_on)  # fmt: skip
    return _("• {name}: {title} was to be earned by {day}.", name=line.name, title=line.title,
             day=line.row.due_on)  # fmt: skip


def _holds(ctx: Ctx, item: Item) -> bool:
    row = _row(ctx, item)
    if not ctx.session.get_one(Person, row.person_id).active:
        return False
    if not approvers.leads(ctx, row.person_id):
        return False
    if isinstance(row, Qualification):
        return row.current and facts.standing_of(ctx, row) is Standing.LAPSED
    pair = row.person_id, row.curriculum_id
    is_late = row.due_on is not None and row.due_on < ctx.today()
    return row.ended_at is None and is_late and pair not in assignments.held_pairs(ctx, {pair})
