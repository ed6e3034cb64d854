"""The import of requirements: what each post requires of whoever holds it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, table_of
from bot.imports.rows import RowRules, Values, plan_rows
from bot.models.people import Person
from bot.models.qualifications import Curriculum, Requirement, RequirementKind
from bot.people.search import fold
from bot.training.imports import references
from bot.training.qualifications.requiring import MOST_DAYS

COLUMNS = (
    Column("position", cells.name, starred=True),
    Column("curriculum", cells.key, starred=True),
    Column(
        "kind",
        cells.one_of(RequirementKind),
        blank=RequirementKind.CORE,
        blank_means=_("core"),
    ),
    Column("within_days", cells.whole_number(0, MOST_DAYS), blank=None),
)
DEFAULTS: Values = {"kind": RequirementKind.CORE, "within_days": None}
NO_CURRICULUM = _("There is no qualification {code}. Import it first, or correct the code.")
NOBODY = _("Nobody on the roster has the post “{post}”. It is kept for whoever takes it up.")


def plan_requirements(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change; what it does not name stays."""
    session = world.session
    curricula = dict(session.execute(select(Curriculum.code, Curriculum.id)).all())
    ids = references.starred_ids(records, "curriculum", curricula, NO_CURRICULUM, found)
    _warn_of_nobody(session, records, found)
    fields: dict[str, list[Any]] = {
        "position": records.values["position"],
        "curriculum_id": ids,
    }
    fields |= {name: records.values[name] for name in DEFAULTS if name in records}
    return plan_rows(session, _rules(curricula), fields)


def _warn_of_nobody(session: Session, records: Records, found: Findings) -> None:
    query = select(Person.position).where(Person.active, ~Person.guest).distinct()
    held = {fold(position) for position in session.scalars(query)}
    for row, position in zip(records.rows, records.values["position"], strict=True):
        if position and fold(position) not in held:
            sentence = Text(NOBODY.msgid, (("post", position),))
            found.warn("post-of-nobody", sentence, row, records.heading("position"))


def _rules(curricula: dict[str, int]) -> RowRules:
    codes = {one: code for code, one in curricula.items()}
    return RowRules(
        table=table_of(Requirement),
        key=("position", "curriculum_id"),
        defaults=DEFAULTS,
        name=lambda row: f"{row['position']} {codes.get(row['curriculum_id'], '')}",
    )


def export_requirements(session: Session) -> Exported:
    """What every post requires."""
    query = (
        select(Requirement.position, Curriculum.code, Requirement.kind, Requirement.within_days)
        .join(Curriculum, Curriculum.id == Requirement.curriculum_id)
        .order_by(Requirement.position, Curriculum.code)
    )
    rows = ([post, code, kind.value, days] for post, code, kind, days in session.execute(query))
    return Exported(("position", "curriculum", "kind", "within_days"), rows)


REQUIREMENTS = register(
    Kind(
        "requirements",
        COLUMNS,
        ("position", "curriculum"),
        plan_requirements,
        export_requirements,
    )
)
