"""The items of curricula in a plan: rows put in and taken out beside the curricula's own."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports.plan import Deletes, Inserts, Plan, table_of
from bot.imports.rows import SAMPLES
from bot.models.qualifications import Curriculum, CurriculumItem
from bot.training.imports import references
from bot.training.qualifications.items import Written

NAMES = ("curriculum_id", "course_id", "optional", "place")
Row = tuple[int, int, bool, int]


def add_to(
    plan: Plan, session: Session, ids: Sequence[int], written: Sequence[Sequence[Written]]
) -> None:
    """Have the plan give each of these curricula exactly these items; one of which nothing else
    changes counts as changed then.
    """
    inserts = Inserts(table_of(CurriculumItem), NAMES)
    deletes = Deletes(table_of(CurriculumItem), NAMES)
    courses = references.course_ids(session)
    before = _known(session)
    changed: list[int] = []
    for curriculum_id, items in zip(ids, written, strict=True):
        wanted = {
            (curriculum_id, courses[item.code], item.optional, place)
            for place, item in enumerate(items, start=1)
        }
        known = before.get(curriculum_id, set())
        inserts.rows += [list(row) for row in sorted(wanted - known, key=lambda row: row[3])]
        deletes.rows += [list(row) for row in sorted(known - wanted)]
        if wanted != known and curriculum_id > 0:
            changed.append(curriculum_id)
    plan.inserts.append(inserts)
    plan.deletes.append(deletes)
    _count(plan, session, changed)


def _count(plan: Plan, session: Session, changed: Sequence[int]) -> None:
    counted = plan.outcome["changed"]
    codes = dict(session.execute(select(Curriculum.id, Curriculum.code)).all())
    for curriculum_id in changed:
        if curriculum_id in counted:
            continue
        counted.append(curriculum_id)
        plan.counts.changed += 1
        plan.counts.unchanged -= 1
        if len(plan.samples) < 2 * SAMPLES:
            code = codes[curriculum_id]
            plan.samples.append(_("Changed: {what} ({columns})", what=code, columns="items"))


def _known(session: Session) -> dict[int, set[Row]]:
    found: dict[int, set[Row]] = {}
    query = select(
        CurriculumItem.curriculum_id,
        CurriculumItem.course_id,
        CurriculumItem.optional,
        CurriculumItem.place,
    )
    for row in session.execute(query):
        found.setdefault(row[0], set()).add((row[0], row[1], row[2], row[3]))
    return found
